package reply

import "strings"

// A purpose is what the prefix of a subject says that a mail is for.
type purpose uint8

const (
	unsaid purpose = iota
	replies
	passesOn
)

// prefixes holds what clients put before a subject, by folded word. VS is
// neither: a reply in Finnish, a forward in Danish and Norwegian.
var prefixes = byPhrase(map[purpose]string{
	replies: `
		re, réf, rép, aw, antw, antwort, sv, odp, odpowiedź, res, rif, r, vá, válasz, ynt, yanıt, απ, σχετ,
		răsp, отв, ответ, відп, atb, ats, bls, 回复, 答复, 回覆, 返信, رد, תגובה, השב, 회신, 답장, trả lời`,
	passesOn: `
		fw, fwd, tr, i, wg, weiterl, rv, enc, doorst, vb, vl, vid, pd, przek, tovább, továbbítás, ilt, πρθ,
		redirecționat, пересл, 转发, 轉寄, 轉發, 転送, إعادة توجيه, הועבר, 전달, chuyển tiếp`,
})

// purposeOf tells what a subject says that its mail is for.
func purposeOf(subject string) purpose {
	const longest = 24 // bytes of a prefix with its count: Re[2], RE(3)
	subject = trim(subject)
	for strings.HasPrefix(subject, "[") { // a list's name
		end := strings.IndexByte(subject, ']')
		if end < 0 {
			return unsaid
		}
		subject = trimLeft(subject[end+1:])
	}
	prefix, _, ok := strings.Cut(strings.ReplaceAll(subject[:min(len(subject), longest)], "：", ":"), ":")
	if !ok {
		return unsaid
	}
	prefix, _, _ = strings.Cut(prefix, "[")
	prefix, _, _ = strings.Cut(prefix, "(")
	return prefixes[fold(trimRight(strings.TrimRight(trimRight(prefix), ".^0123456789")))]
}
