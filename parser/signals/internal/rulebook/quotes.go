package rulebook

import "slices"

// Own returns the tokens of a sentence that are the writer's own words: all but
// what stands between quotation marks, where that is a question or too long
// for a mere name or word. The marks stay.
func Own(tokens []Token) []Token {
	for _, t := range tokens {
		if quotes(t) {
			return outside(tokens)
		}
	}
	return tokens
}

// outside returns the tokens that are not between quotation marks.
func outside(tokens []Token) []Token {
	var own []Token
	for {
		open := slices.IndexFunc(tokens, quotes)
		if open < 0 {
			return append(own, tokens...)
		}
		length := slices.IndexFunc(tokens[open+1:], quotes)
		if length < 0 {
			return append(own, tokens...)
		}
		own = append(own, tokens[:open+1]...)
		if inside := tokens[open+1:][:length]; !spoken(inside) {
			own = append(own, inside...)
		}
		own = append(own, tokens[open+1+length])
		tokens = tokens[open+length+2:]
	}
}

func quotes(t Token) bool { return t.Mark == '"' }

// spoken tells whether words between quotation marks are speech.
func spoken(tokens []Token) bool {
	const name = 2 // words
	return len(tokens) > name || slices.ContainsFunc(tokens, func(t Token) bool { return t.Mark == '?' })
}
