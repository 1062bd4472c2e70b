package imapdoor

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// refusedFolder is where a message goes that the relay refused.
const refusedFolder = "Refused"

// An account is a mailbox, and the way to it.
type account struct {
	user     string
	host     string
	address  string // host:port
	mailbox  string
	security security
}

// security is how a connection is protected.
type security int

const (
	implicitTLS security = iota // RFC 8314 §3.2
	startTLS                    // RFC 9051 §6.2.1
	plain                       // on loopback only
)

// parseAccount reads an IMAP URL (RFC 5092) without parameters.
func parseAccount(raw string) (account, error) {
	u, err := url.Parse(raw)
	if err != nil {
		// The text of the error holds the URL, and with it maybe a password.
		return account{}, errors.New("imap url: not a URL; write imaps://user@host/INBOX")
	}
	a := account{host: strings.ToLower(u.Hostname()), mailbox: strings.Trim(u.Path, "/")}
	port := "993"
	switch {
	case u.Scheme == "imaps":
	case u.Scheme == "imap" && isLoopback(a.host):
		a.security, port = plain, "143"
	case u.Scheme == "imap":
		a.security, port = startTLS, "143"
	default:
		return account{}, fmt.Errorf("imap url: scheme %q; write imaps://user@host/INBOX, or imap:// for STARTTLS", u.Scheme)
	}
	if u.User != nil {
		a.user = u.User.Username()
		if _, ok := u.User.Password(); ok {
			return account{}, errors.New("imap url: it holds a password; write that into the password file")
		}
	}
	if a.host == "" || a.user == "" {
		return account{}, errors.New("imap url: user or host missing; write imaps://user@host/INBOX")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	a.address = net.JoinHostPort(a.host, port)
	if a.mailbox == "" || strings.EqualFold(a.mailbox, "INBOX") {
		a.mailbox = "INBOX" // RFC 9051 §5.1: in any letter case
	}
	return a, nil
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// parseAfter reads what becomes of a message that was taken: the folder it is
// moved to, or nothing where it is deleted.
func parseAfter(after, mailbox string) (folder string, err error) {
	if strings.EqualFold(mailbox, refusedFolder) {
		return "", fmt.Errorf("imap url: the mailbox %s takes what is refused; name another", refusedFolder)
	}
	if after == "delete" {
		return "", nil
	}
	folder, ok := strings.CutPrefix(after, "move:")
	if !ok {
		return "", fmt.Errorf(`imap after: %q; write "move:Relayed" or "delete"`, after)
	}
	if folder == "" || strings.ContainsAny(folder, "*%\x00\r\n") {
		return "", fmt.Errorf(`imap after: no folder can be called %q; write "move:Relayed"`, folder)
	}
	if strings.EqualFold(folder, mailbox) {
		return "", fmt.Errorf("imap after: the folder is the mailbox itself; write %q", "move:Relayed")
	}
	return folder, nil
}

// key names a message for all time: the URL of RFC 5092 §6, without the port,
// by which nothing changes when the account moves from STARTTLS to TLS.
func (a *account) key(validity uint32, uid imap.UID) string {
	return fmt.Sprintf("imap://%s@%s/%s;UIDVALIDITY=%d/;UID=%d",
		url.PathEscape(a.user), a.host, url.PathEscape(a.mailbox), validity, uid)
}
