package mask

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"hash"
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

// sealer is a UIDs at work. A nil one maps nothing.
type sealer struct {
	host           string // at the end of what it seals
	mac            hash.Hash
	block          cipher.Block
	writer, reader []byte // before a UID of theirs in its sum
	buf            []byte
	counter, key   [aes.BlockSize]byte
}

func (u UIDs) sealer() *sealer {
	if u.scheme == nil {
		return nil
	}
	block, err := aes.NewCipher(u.scheme.sign("uid-cipher")) // 32 octets: AES-256
	if err != nil {
		panic(err) // of a key of another length
	}
	owned := func(owner int64) []byte { return fmt.Appendf(nil, "uid\x00%d\x00%d\x00", u.pair, owner) }
	return &sealer{
		host:   "@" + u.scheme.Host(),
		mac:    hmac.New(sha256.New, u.scheme.Secret),
		block:  block,
		writer: owned(u.writer),
		reader: owned(u.reader),
	}
}

// seal returns the UID by which the reader is to know an entry of the writer.
// It holds the original, encrypted, with the initial vector made from it (as
// in RFC 5297), so that an entry has the same UID each time. Of an original
// that is too long for that only the sum is left: it can't be answered.
func (s *sealer) seal(uid string) string {
	if s == nil {
		return uid
	}
	raw := s.sum(s.writer, uid)
	if tokens.EncodedLen(uidSum+len(uid))+len(s.host) <= maxUID {
		raw = append(raw, uid...)
		s.crypt(raw[:uidSum], raw[uidSum:])
	}
	var out [maxUID + 1]byte
	return string(append(tokens.AppendEncode(out[:0], raw), s.host...))
}

// open returns the reader's own UID for what was sealed for the writer of
// this pair, and of no other.
func (s *sealer) open(uid string) (string, bool) {
	if s == nil || len(uid) < len(s.host) || !strings.EqualFold(uid[len(uid)-len(s.host):], s.host) {
		return "", false
	}
	raw, err := tokens.DecodeString(strings.ToLower(uid[:len(uid)-len(s.host)]))
	if err != nil || len(raw) <= uidSum {
		return "", false
	}
	s.crypt(raw[:uidSum], raw[uidSum:])
	original := string(raw[uidSum:])
	return original, hmac.Equal(raw[:uidSum], s.sum(s.reader, original))
}

// crypt encrypts text, or decrypts it, as cipher.NewCTR does, which takes more
// memory than all else that is done with a UID.
func (s *sealer) crypt(iv, text []byte) {
	copy(s.counter[:], iv)
	for len(text) > 0 {
		s.block.Encrypt(s.key[:], s.counter[:])
		text = text[subtle.XORBytes(text, text, s.key[:]):]
		for i := aes.BlockSize - 1; i >= 0; i-- {
			if s.counter[i]++; s.counter[i] != 0 {
				break
			}
		}
	}
}

// sum names a UID of an owner. The result is good until the next call.
func (s *sealer) sum(owner []byte, uid string) []byte {
	s.mac.Reset()
	s.buf = append(append(s.buf[:0], owner...), uid...)
	s.mac.Write(s.buf)
	return s.mac.Sum(s.buf[:0])[:uidSum]
}

// uid returns the UID that a copy has for this one: an own one of the reader
// is put back, and one that names a real address or its host is sealed.
func (m *matcher) uid(uid string) string {
	if m.uids == nil {
		m.uids = m.letter.UIDs.sealer()
	}
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
