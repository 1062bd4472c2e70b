package mask

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"strconv"
	"strings"
)

// UIDs maps the UIDs of calendar entries (RFC 5545 §3.8.4.7) in what one of a
// pair writes to the other. Both ways it is the same map: an answer names the
// entry by the UID that the reader knows, and arrives with the one that the
// writer gave it. The zero value maps nothing.
type UIDs struct {
	scheme               *Scheme
	pair, writer, reader int64
}

// UIDs returns the map for what writer writes to reader.
func (s *Scheme) UIDs(pair, writer, reader int64) UIDs {
	return UIDs{s, pair, writer, reader}
}

// maxUID is the longest UID that all calendars take, RFC 7986 §5.3.
const maxUID = 255

// uidSum is how many octets of a sealed UID tell that it is ours.
const uidSum = 16

// seal returns the UID by which the reader is to know an entry of the writer.
// It holds the original, encrypted, with the initial vector made from it (as
// in RFC 5297), so that an entry has the same UID each time. Of an original
// that is too long for that only the sum is left: it can't be answered.
func (u UIDs) seal(uid string) string {
	if u.scheme == nil {
		return uid
	}
	host := "@" + u.scheme.Host()
	raw := u.sum(u.writer, uid)
	if tokens.EncodedLen(uidSum+len(uid))+len(host) <= maxUID {
		raw = append(raw, u.crypt(raw, uid)...)
	}
	return tokens.EncodeToString(raw) + host
}

// open returns the reader's own UID for what was sealed for the writer of
// this pair, and of no other.
func (u UIDs) open(uid string) (string, bool) {
	if u.scheme == nil {
		return "", false
	}
	token, ok := strings.CutSuffix(strings.ToLower(uid), "@"+strings.ToLower(u.scheme.Host()))
	raw, err := tokens.DecodeString(token)
	if !ok || err != nil || len(raw) <= uidSum {
		return "", false
	}
	original := string(u.crypt(raw[:uidSum], string(raw[uidSum:])))
	return original, hmac.Equal(raw[:uidSum], u.sum(u.reader, original))
}

// sum names a UID that owner has given to an entry.
func (u UIDs) sum(owner int64, uid string) []byte {
	number := func(n int64) []byte { return strconv.AppendInt(nil, n, 10) }
	return u.scheme.sign("uid", number(u.pair), number(owner), []byte(uid))[:uidSum:uidSum]
}

// crypt encrypts text, or decrypts it.
func (u UIDs) crypt(iv []byte, text string) []byte {
	block, err := aes.NewCipher(u.scheme.sign("uid-cipher")) // 32 octets: AES-256
	if err != nil {
		panic(err) // of a key of another length
	}
	out := make([]byte, len(text))
	cipher.NewCTR(block, iv).XORKeyStream(out, []byte(text))
	return out
}

// uid returns the UID that a copy has for this one: an own one of the reader
// is put back, and one that names a real address or its host is sealed.
func (m *matcher) uid(uid string) string {
	if own, ok := m.uids.open(uid); ok {
		return own
	}
	if m.namesHost(uid) || m.scrubName(uid) != uid {
		return m.uids.seal(uid)
	}
	return uid
}

// namesHost tells whether what follows the last at sign is the domain of a
// real address, or a host in it.
func (m *matcher) namesHost(id string) bool {
	host := strings.ToLower(id[strings.LastIndexByte(id, '@')+1:])
	for _, p := range m.patterns {
		if before, ok := strings.CutSuffix(host, string(p.domain)); ok && len(host) < len(id) && (before == "" || strings.HasSuffix(before, ".")) {
			return true
		}
	}
	return false
}
