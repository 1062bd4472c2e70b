package message

import (
	"net/mail"
	"strings"
	"time"
)

// An Address is one mailbox of an address field.
type Address struct {
	Name string // decoded; empty if there is none
	Addr string // local@domain, without quotes where it needs none
}

// ParseAddressList reads the value of an address field, RFC 5322 §3.4, as
// people's clients write it: groups are opened, semicolons separate too, a
// name may hold unquoted dots or an at sign, and what is no address is left
// out.
func ParseAddressList(value string) []Address {
	var list []Address
	for _, item := range splitAddresses(value) {
		if a, ok := parseAddress(item); ok {
			list = append(list, a)
		}
	}
	return list
}

// splitAddresses cuts the value at what separates mailboxes. The name of a
// group goes with its colon, unless the colon is inside angle brackets.
func splitAddresses(value string) []string {
	var items []string
	start, depth := 0, 0
	quoted, angle := false, false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\':
			i++
		case c == '"' && depth == 0:
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case c == ':' && !angle:
			start = i + 1
		case (c == ',' || c == ';') && !angle:
			items = append(items, value[start:i])
			start = i + 1
		}
	}
	if start >= len(value) {
		return items
	}
	if rest := value[start:]; (quoted || depth > 0 || angle) && strings.Contains(rest, ",") {
		return append(items, strings.Split(rest, ",")...) // something never closes
	}
	return append(items, value[start:])
}

// parseAddress reads one mailbox: name <addr>, addr, or addr (name).
func parseAddress(item string) (Address, bool) {
	name, addr := "", item
	if open := lastOpen(item); open >= 0 {
		addr, _, _ = strings.Cut(item[open+1:], ">")
		name = displayName(item[:open])
	} else if comment := strings.IndexByte(item, '('); comment >= 0 {
		inner, _, _ := strings.Cut(item[comment+1:], ")")
		name, addr = DecodeHeader(strings.TrimSpace(inner)), stripComments(item)
	}
	addr = cleanAddr(addr)
	at := strings.LastIndexByte(addr, '@')
	if at <= 0 || at == len(addr)-1 {
		return Address{}, false
	}
	return Address{Name: name, Addr: addr}, true
}

// lastOpen finds the angle bracket that opens the address: the last one
// outside quotes.
func lastOpen(item string) int {
	open, quoted := -1, false
	for i := 0; i < len(item); i++ {
		switch c := item[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == '<' && !quoted:
			open = i
		}
	}
	if open < 0 && quoted {
		return strings.LastIndexByte(item, '<')
	}
	return open
}

// displayName decodes a phrase: quoted strings, comments, encoded words, also
// inside quotes, where they do not belong and are met.
func displayName(phrase string) string {
	phrase = strings.TrimSpace(phrase)
	if strings.HasPrefix(phrase, `"`) {
		phrase = unquote(phrase)
	} else {
		phrase = strings.ReplaceAll(stripComments(phrase), `"`, "")
	}
	return strings.TrimSpace(DecodeHeader(phrase))
}

// cleanAddr removes comments, white space and an obsolete source route
// (RFC 5322 §4.4), and quotes around a local part that needs none.
func cleanAddr(addr string) string {
	addr = strings.TrimSpace(stripComments(addr))
	if route, rest, ok := strings.Cut(addr, ":"); ok && strings.HasPrefix(route, "@") {
		addr = rest
	}
	addr = strings.Trim(addr, " \t<>")
	at := strings.LastIndexByte(addr, '@')
	if at < 0 {
		return addr
	}
	local, domain := strings.TrimSpace(addr[:at]), strings.TrimSpace(addr[at+1:])
	if strings.HasPrefix(local, `"`) && strings.HasSuffix(local, `"`) && len(local) > 2 {
		if plain := unquote(local); !strings.ContainsAny(plain, " \t\"(),:;<>@[]\\") {
			local = plain
		}
	} else {
		local = strings.Join(strings.Fields(local), "")
	}
	return local + "@" + strings.Join(strings.Fields(strings.TrimSuffix(domain, ".")), "")
}

// ParseMessageIDs reads the ids of a Message-ID, In-Reply-To or References
// field, RFC 5322 §3.6.4, each with its angle brackets. What stands around
// them, as old clients write it, is left out.
func ParseMessageIDs(value string) []string {
	var ids []string
	for {
		_, rest, ok := strings.Cut(value, "<")
		if !ok {
			break
		}
		id, after, ok := strings.Cut(rest, ">")
		if !ok {
			break
		}
		if open := strings.LastIndexByte(id, '<'); open >= 0 {
			id = id[open+1:]
		}
		if id = strings.Join(strings.Fields(id), ""); id != "" {
			ids = append(ids, "<"+id+">")
		}
		value = after
	}
	if len(ids) == 0 && !strings.ContainsAny(value, "<>") {
		for _, word := range strings.Fields(value) {
			if strings.Contains(word, "@") {
				ids = append(ids, "<"+word+">")
			}
		}
	}
	return ids
}

// ParseDate reads a Date field, RFC 5322 §3.3, or one of the forms that are
// met instead of it.
func ParseDate(value string) (time.Time, bool) {
	value = strings.TrimSpace(value)
	if t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", value); err == nil { // nearly all are
		return t, true
	}
	if t, err := mail.ParseDate(value); err == nil {
		return t, true
	}
	value = strings.Join(strings.Fields(stripComments(value)), " ")
	for _, layout := range []string{
		time.RFC3339,
		time.ANSIC,
		time.UnixDate,
		"Mon, 2 Jan 2006 15:04:05",
		"2 Jan 2006 15:04:05",
		"Mon, 2 Jan 2006 15:04:05 -07:00",
		"Mon, 2 Jan 2006 15:04:05 MST-0700",
		"Mon Jan 2 15:04:05 2006 -0700",
		"2006-01-02 15:04:05 -0700",
	} {
		if t, err := time.Parse(layout, value); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
