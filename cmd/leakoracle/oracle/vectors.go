package oracle

import "slices"

// Vectors returns all vectors, family by family.
func Vectors() []*Vector {
	return slices.Concat(
		headerVectors(), subjectVectors(), nameVectors(),
		plainVectors(), transferVectors(), charsetVectors(), otherTextVectors(),
		htmlVectors(), calendarVectors(), cardVectors(),
		partVectors(), fileNameVectors(), nestedVectors(), malformedVectors(),
		sealedVectors(), automaticVectors(), envelopeVectors(), attachmentVectors(),
		readerVectors(), alsoVectors(), survivalVectors(),
	)
}

// encodings are the transfer encodings that each text is sent in.
var encodings = []string{"8bit", "quoted-printable", "base64"}

// A row is a vector of a family whose vectors differ in one template only.
type row struct{ name, text string }

// fields are letters with an unsuspicious text and something in the header.
func fields(family string, rows []row) []*Vector {
	var list []*Vector
	for _, r := range rows {
		list = append(list, &Vector{Name: family + "/" + r.name, letter: letter{
			head: r.text, kind: "text/plain; charset=us-ascii", body: "Hello {{keep}},\nall is well, {{marker}}. {{keep}}\n",
		}})
	}
	return list
}

// texts are letters of that type with something in the text, each in every
// transfer encoding.
func texts(family, kind string, rows []row) []*Vector {
	var list []*Vector
	for _, r := range rows {
		for _, cte := range encodings {
			list = append(list, &Vector{Name: family + "/" + r.name + "/" + cte, letter: letter{
				kind: kind, cte: cte, body: "Hello {{keep}},\n" + r.text + "\nyours, {{keep}}\n",
			}})
		}
	}
	return list
}

// mixed are letters with a text and one more part, of which the rows are the
// header and the body.
func mixed(family string, rows []row) []*Vector {
	var list []*Vector
	for _, r := range rows {
		list = append(list, &Vector{Name: family + "/" + r.name, letter: letter{
			kind: `multipart/mixed; boundary="part"`,
			body: "--part\nContent-Type: text/plain\n\nHello {{keep}}\n--part\n" + r.text + "\n--part--\n",
		}})
	}
	return list
}

// whole are letters of which the rows are the whole but the usual fields.
// What comes before an empty line is header.
func whole(family string, rows []row) []*Vector {
	var list []*Vector
	for _, r := range rows {
		head, body := cutHeader([]byte(r.text))
		list = append(list, &Vector{Name: family + "/" + r.name, letter: letter{head: string(head), body: string(body)}})
	}
	return list
}

// optional marks vectors that a relay may refuse or keep back.
func optional(list []*Vector) []*Vector {
	for _, v := range list {
		v.Optional = true
	}
	return list
}

// known marks vectors that show a limit which is no defect.
func known(why string, list []*Vector) []*Vector {
	for _, v := range list {
		v.Known = why
	}
	return list
}
