package oracle

import (
	"net/url"
	"regexp"
	"strings"
)

var references = regexp.MustCompile(`(?i)\bcid:([^\s"'<>)]+)`)

// dangling returns the references to other parts (RFC 2392) in HTML that lead
// nowhere: a relay that renames parts must do so on both ends.
func dangling(message []byte) []string {
	ids := map[string]bool{}
	var wanted []string
	walk(message, "", "text/plain", 0, func(e *entity, leaf bool) {
		for _, f := range e.fields {
			if strings.EqualFold(f.name, "Content-ID") {
				ids[strings.Trim(unfoldString(f.value), " <>")] = true
			}
		}
		if !leaf || e.kind != "text/html" {
			return
		}
		for _, m := range references.FindAllSubmatch(undoCTE(e.cte, e.body), -1) {
			if id, err := url.PathUnescape(string(m[1])); err == nil {
				wanted = append(wanted, id)
			}
		}
	})
	var list []string
	for _, id := range wanted {
		if !ids[id] {
			list = append(list, "the part that cid:"+id+" refers to")
		}
	}
	return list
}
