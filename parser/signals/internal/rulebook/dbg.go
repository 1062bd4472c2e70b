package rulebook

func (b *Book) Explain(tokens []Token, log func(string, ...any)) {
	for i, t := range tokens {
		for _, n := range b.starts[t.class] {
			r := &b.rules[n]
			if b.anchored(r.anchor, tokens, i) && b.match(tokens, i, r.first) {
				log("   word %d line %d %+v", i, r.line, r.findings)
			}
		}
	}
}
