package mask

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// A Scheme is how the addresses of an installation are made and read. With a
// Domain of its own a mask is name.token@domain; with one ordinary Mailbox it
// is local+token@its-domain (sub-addressing, RFC 5233).
type Scheme struct {
	Domain  string // empty when Mailbox is set
	Mailbox string // empty when Domain is set
	Secret  []byte // signs what must not be made by others
}

// A Kind tells what an address of ours stands for.
type Kind int

// The kinds of address.
const (
	None     Kind = iota // not one of ours
	Mask                 // a masked address: its token
	Bounce               // a VERP envelope sender: its token
	Question             // where the answers to a question go: its token
	Survey               // where the answers to a survey go: its token
	Request              // where a request is confirmed: its token
	Service              // a service address, such as help: its name
)

// sealedKinds are those whose address holds a number, by their prefix.
var sealedKinds = map[string]Kind{"b": Bounce, "q": Question, "s": Survey, "r": Request}

// bounceLife is how long a report may come back to an envelope sender: the
// queue's three days here and five elsewhere (RFC 5321 §4.5.4.1), and a margin.
const bounceLife = 21 * 24 * time.Hour

// questionLife is longer than any question is open, so that who answers late
// can be told so.
const questionLife = 60 * 24 * time.Hour

// surveyLife is how long an answer to a survey counts, and can be changed.
const surveyLife = 366 * 24 * time.Hour

// tokens are lower case, since some software folds the case of local parts,
// and hold no digit that is read as a letter.
var tokens = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// tokenLength is that of a mask's token: 40 bits.
const tokenLength = 8

// NewToken makes the token of a mask from random bytes, of which it uses 5.
func NewToken(random []byte) string { return tokens.EncodeToString(random[:5]) }

// Host returns the domain that our addresses and message ids are in.
func (s *Scheme) Host() string {
	if s.Mailbox != "" {
		return s.Mailbox[strings.LastIndexByte(s.Mailbox, '@')+1:]
	}
	return s.Domain
}

// Address returns the masked address with this token; name says to people
// whom it reaches, where there is room for it.
func (s *Scheme) Address(name, token string) string {
	if s.Mailbox != "" {
		return s.tagged(token)
	}
	if name = slug(name); name == "" {
		name = "contact"
	}
	return name + "." + token + "@" + s.Domain
}

// Service returns the service address of this name, such as help.
func (s *Scheme) Service(name string) string {
	if s.Mailbox != "" {
		return s.tagged(name)
	}
	return name + "@" + s.Domain
}

// Bounce returns the envelope sender for a delivery (VERP): reports that come
// back to it name the delivery, and only we can have made it. RFC 5321 §3.6.3
// lets a relay choose a reverse-path of its own.
func (s *Scheme) Bounce(delivery int64, now time.Time) string {
	return s.sealed("b", delivery, now.Add(bounceLife))
}

// Question returns the address for the answers to a question: who writes to
// it has got the question, for only we can have made it.
func (s *Scheme) Question(number int64, now time.Time) string {
	return s.sealed("q", number, now.Add(questionLife))
}

// Survey returns the address for a person's answers to a survey.
func (s *Scheme) Survey(number int64, now time.Time) string {
	return s.sealed("s", number, now.Add(surveyLife))
}

// Request returns the address where a request is confirmed, or an order given
// about what a mail lists.
func (s *Scheme) Request(number int64, now time.Time) string {
	return s.sealed("r", number, now.Add(questionLife))
}

// ErrSealed is the answer to a sealed address that is not
// ours or too old.
var ErrSealed = errors.New("mask: not a sealed address of ours")

// Delivery reads the token of a bounce address back.
func (s *Scheme) Delivery(token string, now time.Time) (int64, error) {
	return s.unseal("b", token, now)
}

// Asked reads the token of a question's address back.
func (s *Scheme) Asked(token string, now time.Time) (int64, error) {
	return s.unseal("q", token, now)
}

// Surveyed reads the token of a survey's address back.
func (s *Scheme) Surveyed(token string, now time.Time) (int64, error) {
	return s.unseal("s", token, now)
}

// Requested reads the token of a request's address back.
func (s *Scheme) Requested(token string, now time.Time) (int64, error) {
	return s.unseal("r", token, now)
}

// purposes are what is signed for each prefix of a sealed address.
var purposes = map[string]string{"b": "bounce", "q": "question", "s": "survey", "r": "request"}

// sealed makes an address that holds a number: 64 bits, the hour in which it
// ends, and the first 64 bits of a signature of both.
func (s *Scheme) sealed(prefix string, number int64, until time.Time) string {
	var b [12]byte
	binary.BigEndian.PutUint64(b[:8], uint64(number))
	binary.BigEndian.PutUint32(b[8:], uint32(until.Unix()/3600))
	token := tokens.EncodeToString(append(b[:], s.sign(purposes[prefix], b[:])[:8]...))
	if s.Mailbox != "" {
		return s.tagged(prefix + "-" + token)
	}
	return prefix + "+" + token + "@" + s.Domain
}

func (s *Scheme) unseal(prefix, token string, now time.Time) (int64, error) {
	raw, err := tokens.DecodeString(strings.ToLower(token))
	if err != nil || len(raw) != 20 {
		return 0, ErrSealed
	}
	b := raw[:12]
	if !hmac.Equal(raw[12:], s.sign(purposes[prefix], b)[:8]) {
		return 0, ErrSealed
	}
	if int64(binary.BigEndian.Uint32(b[8:]))*3600 < now.Unix() {
		return 0, ErrSealed
	}
	return int64(binary.BigEndian.Uint64(b[:8])), nil
}

// Read tells what an address stands for. The local part is read in any letter
// case. A source route, a quoted local part or a percent hack is not ours.
func (s *Scheme) Read(address string) (Kind, string) {
	at := strings.LastIndexByte(address, '@')
	if at <= 0 || !strings.EqualFold(address[at+1:], s.Host()) {
		return None, ""
	}
	local := strings.ToLower(address[:at])
	if strings.ContainsAny(local, "\"%!@:, \\") {
		return None, ""
	}
	if s.Mailbox != "" {
		own, _, _ := strings.Cut(strings.ToLower(s.Mailbox), "@")
		tag, ok := strings.CutPrefix(local, own+"+")
		if !ok {
			return None, ""
		}
		return readTag(tag)
	}
	if prefix, token, ok := strings.Cut(local, "+"); ok && sealedKinds[prefix] != None {
		return sealedKinds[prefix], token
	}
	if dot := strings.LastIndexByte(local, '.'); dot > 0 && isToken(local[dot+1:]) {
		return Mask, local[dot+1:]
	}
	return Service, local
}

func readTag(tag string) (Kind, string) {
	if prefix, token, ok := strings.Cut(tag, "-"); ok && sealedKinds[prefix] != None {
		return sealedKinds[prefix], token
	}
	if isToken(tag) {
		return Mask, tag
	}
	return Service, tag
}

func isToken(s string) bool {
	if len(s) != tokenLength {
		return false
	}
	_, err := tokens.DecodeString(s)
	return err == nil
}

func (s *Scheme) tagged(tag string) string {
	local, domain, _ := strings.Cut(s.Mailbox, "@")
	return local + "+" + tag + "@" + domain
}

func (s *Scheme) sign(purpose string, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, s.Secret)
	h.Write([]byte(purpose))
	for _, p := range parts {
		h.Write([]byte{0})
		h.Write(p)
	}
	return h.Sum(nil)
}

// slug is a name in the letters that every mail system takes: "Zoé" is "zoe".
func slug(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case (r == '-' || r == '\'' || unicode.IsSpace(r)) && b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 24 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

// Canonical is the form in which two spellings of an address are the same:
// lower case, and the domain as A-labels (RFC 5891). The second result is
// false where it is no address.
func Canonical(address string) (string, bool) {
	address = strings.TrimSpace(address)
	at := strings.LastIndexByte(address, '@')
	if at <= 0 || at == len(address)-1 || strings.ContainsAny(address, "\r\n\x00 \t<>") {
		return "", false
	}
	domain, err := idna.Lookup.ToASCII(strings.TrimSuffix(address[at+1:], "."))
	if err != nil || domain == "" {
		return "", false
	}
	return norm.NFC.String(strings.ToLower(address[:at])) + "@" + strings.ToLower(domain), true
}
