// Package trust tells whether a message really comes from the author that its
// From field names.
package trust

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"mentorrelay/parser/message"
)

// messageTime bounds all that is asked of DNS about one message. RFC 7208
// §4.6.4 wants at least 20 seconds for SPF; a client waits ten minutes for
// the answer to its message (RFC 5321 §4.5.3.2.6).
const messageTime = 30 * time.Second

// A Verdict is what is known of the author.
type Verdict int

// The verdicts.
const (
	Unprovable Verdict = iota // nothing in sight proves it, and its domain does not want it stopped, or something is out of sight
	Proven                    // it comes from its From domain
	Failed                    // it does not, and the domain's DMARC policy wants it stopped
	Unknown                   // DNS did not answer, and the answer matters: ask again later
)

// String names the verdict for the log.
func (v Verdict) String() string {
	return [...]string{"unprovable", "proven", "failed", "unknown"}[v]
}

// Evidence is what a verdict rests on.
type Evidence struct {
	Domain   string         // of the From address, as A-labels
	PeerIP   netip.Addr     // who handed the message in; not valid if it was fetched
	Helo     string         // what the peer called itself
	MailFrom string         // the reverse-path, empty for null
	Header   message.Header // the fields in their order
	Message  io.Reader      // the whole message
}

// A Checker weighs evidence. It keeps DNS answers, so it is to be used by
// pointer. The zero value trusts what DNS says alone.
type Checker struct {
	Trusted    []netip.Prefix   // networks whose mail was authenticated upstream
	AuthservID string           // whose Authentication-Results are believed (RFC 8601 §2.5); empty: nobody's
	Resolver   *net.Resolver    // nil: the system's
	Now        func() time.Time // nil: the system's clock

	cache cache
}

// Trusts tells whether a peer is of a network whose mail was authenticated
// upstream.
func (c *Checker) Trusts(peer netip.Addr) bool {
	return peer.IsValid() && slices.ContainsFunc(c.Trusted, func(p netip.Prefix) bool { return p.Contains(peer.Unmap()) })
}

// An Opinion is a verdict, with what it rests on.
type Opinion struct {
	Verdict Verdict
	Reason  string // for the log: the methods and their results, without any address

	// Direct tells that the author's own host handed the message in, so that
	// the envelope is the author's, too.
	Direct bool

	signed [][]string // the fields that each signature which counts covers, in lower case
}

// Covers tells whether a signature that counts covers all n fields of a name,
// so that nobody could have added one to what the author wrote (RFC 6376 §5.4).
func (o *Opinion) Covers(name string, n int) bool {
	return slices.ContainsFunc(o.signed, func(fields []string) bool {
		covered := 0
		for _, f := range fields {
			if f == name {
				covered++
			}
		}
		return n > 0 && covered >= n
	})
}

// Check gives an opinion on a message.
func (c *Checker) Check(ctx context.Context, e Evidence) Opinion {
	if c.Trusts(e.PeerIP) {
		return Opinion{Verdict: Proven, Reason: "trusted network", Direct: true}
	}
	domain := normal(e.Domain)
	if domain == "" {
		return Opinion{Verdict: Unprovable, Reason: "no author"}
	}
	ctx, cancel := context.WithTimeout(ctx, messageTime)
	defer cancel()
	j := &judgement{domain: domain, sawSPF: e.PeerIP.IsValid()}
	a := c.asker()
	heard := !e.PeerIP.IsValid() && j.hear(c.said(e.Header))
	if heard && j.direct {
		return j.opinion(Proven)
	}
	j.policy, j.err = discover(ctx, a, domain)
	if j.err != nil {
		j.policy = policy{strictDKIM: true, strictSPF: true} // what aligns by that does by any
	}
	if heard {
		j.sign(ctx, a, e)
		j.direct = len(j.signed) == 0 // then it can only have been SPF
		return j.opinion(Proven)
	}
	if !j.denied {
		j.gather(ctx, a, e)
	}
	return j.opinion(j.verdict(rand.IntN(100)))
}

func (c *Checker) asker() *asker {
	a := &asker{cache: &c.cache, resolver: c.Resolver, now: c.Now} // a nil resolver is the system's
	if a.now == nil {
		a.now = time.Now
	}
	a.left.Store(maxLookups)
	return a
}

// A finding is what a method says of a domain.
type finding struct {
	method string   // dkim or spf
	domain string   // that it speaks for
	result string   // RFC 8601 §2.7
	fields []string // that a signature covers, as it names them
}

// The results that count; any other is as good as none.
const (
	pass      = "pass"
	fail      = "fail"
	none      = "none"
	temperror = "temperror"
	permerror = "permerror"
)

// A judgement is a verdict in the making.
type judgement struct {
	domain   string
	provider []finding // what our provider found
	policy   policy
	err      error // why the policy is not known
	proven   bool
	direct   bool // SPF proves it
	signed   [][]string
	denied   bool // our provider found that DMARC fails
	sawSPF   bool // by us or our provider
	unsure   bool // what DNS did not answer might have proven it
	reasons  []string
}

// gather looks for a proof: SPF first, which says most where it passes, since
// then the envelope is proven, too.
func (j *judgement) gather(ctx context.Context, a *asker, e Evidence) {
	if len(j.provider) > 0 {
		j.weigh("provider", j.provider)
	}
	if e.PeerIP.IsValid() {
		counts := func(domain string) bool { return aligned(domain, j.domain, j.policy.strictSPF) }
		j.weigh("spf", sentBy(ctx, a, e, counts))
	}
	if !j.direct {
		j.sign(ctx, a, e)
	}
}

// sign weighs the signatures.
func (j *judgement) sign(ctx context.Context, a *asker, e Evidence) {
	counts := func(domain string) bool { return aligned(domain, j.domain, j.policy.strictDKIM) }
	j.weigh("dkim", signatures(ctx, a, e, counts))
}

// weigh takes what methods found into account. Only what is aligned with the
// From domain counts (RFC 7489 §3.1).
func (j *judgement) weigh(name string, found []finding) {
	best := none
	for _, f := range found {
		strict := j.policy.strictDKIM
		if f.method == "spf" {
			strict = j.policy.strictSPF
		}
		switch {
		case f.domain == "":
		case !aligned(f.domain, j.domain, strict):
			if best == none {
				best = "unaligned"
			}
		case f.result == pass:
			best, j.proven = pass, true
			j.direct = j.direct || f.method == "spf"
			if f.fields != nil {
				j.signed = append(j.signed, f.fields)
			}
		case best == pass:
		case f.result == temperror:
			best, j.unsure = temperror, true
		case best != temperror:
			best = f.result
		}
	}
	j.reasons = append(j.reasons, name+"="+best)
}

// verdict concludes. Draw, of 0 to 99, is what share of mail this message
// belongs to (RFC 7489 §6.6.4).
//
// A message fails only if all that could have proven it was seen. Of a fetched
// message, whose peer is not known, SPF is seen by the provider alone: where it
// does not tell, a message that passes DMARC by SPF looks like a forged one.
// Neither is let through; the registered address is asked, since a refusal
// would be final for the one, and the question harms nobody in case of the
// other.
func (j *judgement) verdict(draw int) Verdict {
	dmarc, verdict := fail, Unprovable
	switch request := j.policy.inForce(draw); {
	case j.proven:
		dmarc, verdict = pass, Proven
	case j.err != nil:
		dmarc, verdict = temperror, Unknown
	case j.unsure:
		dmarc, verdict = temperror, Unknown
	case request != none && !j.sawSPF:
		dmarc = "unseen"
	case request != none:
		dmarc, verdict = "fail policy="+request, Failed
	}
	if !j.policy.found && j.err == nil {
		dmarc = none
	}
	j.reasons = append(j.reasons, "dmarc="+dmarc)
	return verdict
}

func (j *judgement) opinion(v Verdict) Opinion {
	return Opinion{Verdict: v, Reason: strings.Join(j.reasons, " "), Direct: j.direct, signed: j.signed}
}
