package smtpdoor

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mentorrelay/relay"
)

// TestDialogues speaks the scripts in testdata with a server. Their lines are:
//
//	door lmtp        the door; max-size, recipients: limits (before the rest)
//	C: text          the client sends a line
//	B: text          the client sends these octets, with Go's escapes, and no line end
//	S: pattern       the server answers a line; * stands for anything
//	TLS              both go on in TLS
//	END              the client goes away
//	CLOSED           the server goes away
//	R: from > to… "text"   what the relay has received meanwhile, in order
//	# remark
func TestDialogues(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			newDialogue(t, string(text)).run()
		})
	}
}

// A dialogue is one script, and the state of the client that speaks it.
type dialogue struct {
	t      *testing.T
	lines  []string
	relay  *fakeRelay
	config Config
	conn   net.Conn
	closed <-chan struct{}
	reader *bufio.Reader
	got    []received
}

func newDialogue(t *testing.T, script string) *dialogue {
	f := &fakeRelay{}
	certificate, _ := testCertificate(t)
	return &dialogue{
		t: t, relay: f, lines: strings.Split(script, "\n"),
		config: Config{Relay: f, Door: relay.SMTP, TLS: serverTLS(certificate)},
	}
}

func (d *dialogue) run() {
	for i, line := range d.lines {
		verb, arg, _ := strings.Cut(line, " ")
		if verb == "" || verb == "#" {
			continue
		}
		if err := d.step(verb, arg); err != nil {
			d.t.Fatalf("line %d, %s: %v", i+1, line, err)
		}
	}
	d.conn.Close()
	<-d.closed // by the server, which has dealt with all that was sent
	d.got = append(d.got, d.relay.take()...)
	if len(d.got) > 0 {
		d.t.Errorf("received beside: %s", d.got[0])
	}
}

func (d *dialogue) step(verb, arg string) (err error) {
	switch verb {
	case "door":
		d.config.Door = relay.Door(arg)
		return nil
	case "max-size":
		d.config.MaxSize, err = strconv.ParseInt(arg, 10, 64)
		return err
	case "recipients":
		d.config.MaxRecipients, err = strconv.Atoi(arg)
		return err
	}
	if d.conn == nil {
		if err := d.dial(); err != nil {
			return err
		}
	}
	switch verb {
	case "C:":
		_, err = io.WriteString(d.conn, arg+"\r\n")
	case "B:":
		arg, err = strconv.Unquote(`"` + arg + `"`)
		if err == nil {
			_, err = io.WriteString(d.conn, arg)
		}
	case "S:":
		err = d.expect(arg)
	case "R:":
		err = d.delivered(arg)
	case "TLS":
		c := tls.Client(d.conn, &tls.Config{InsecureSkipVerify: true})
		err = c.Handshake()
		d.conn, d.reader = c, bufio.NewReader(c)
	case "END":
		err = d.conn.Close()
	case "CLOSED":
		if b, readErr := d.reader.ReadByte(); readErr == nil {
			err = fmt.Errorf("still there: %q", b)
		}
	default:
		err = fmt.Errorf("no such directive")
	}
	return err
}

func (d *dialogue) dial() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	closed := make(chan struct{})
	d.closed = closed
	serve(d.t, d.config, closing{l, closed})
	d.conn, err = net.Dial("tcp", l.Addr().String())
	if err != nil {
		return err
	}
	d.t.Cleanup(func() { d.conn.Close() })
	d.reader = bufio.NewReader(d.conn)
	// A script that waits in vain fails, rather than the whole run.
	return d.conn.SetDeadline(time.Now().Add(20 * time.Second))
}

// A closing listener tells when its one connection is closed.
type closing struct {
	net.Listener
	closed chan struct{}
}

func (l closing) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return &closingConn{Conn: c, closed: l.closed}, err
}

type closingConn struct {
	net.Conn
	once   sync.Once
	closed chan struct{}
}

func (c *closingConn) Close() error {
	defer c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

func (d *dialogue) expect(pattern string) error {
	line, err := d.reader.ReadString('\n')
	if err != nil {
		return err
	}
	if !matches(pattern, strings.TrimSuffix(line, "\r\n")) {
		return fmt.Errorf("got %q", line)
	}
	return nil
}

func (d *dialogue) delivered(want string) error {
	if d.got = append(d.got, d.relay.take()...); len(d.got) == 0 {
		return fmt.Errorf("nothing was received")
	}
	got := d.got[0]
	d.got = d.got[1:]
	if got.String() != want {
		return fmt.Errorf("received %s", got)
	}
	if e := got.env; e.Helo != "client.test" || !e.ReceivedAt.Equal(moment) || e.PeerIP.String() != "127.0.0.1" || e.Door != d.config.Door {
		return fmt.Errorf("envelope %+v", e)
	}
	return nil
}

// String is what an R: line says.
func (r received) String() string {
	var to []string
	for _, rcpt := range r.env.Recipients {
		to = append(to, rcpt.Address)
	}
	return fmt.Sprintf("%s > %s %q", r.env.MailFrom, strings.Join(to, " "), r.text)
}

// matches tells whether s is what pattern says; * stands for anything.
func matches(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(s, parts[0])
	if !ok || len(parts) == 1 {
		return ok && rest == ""
	}
	for _, p := range parts[1 : len(parts)-1] {
		if _, rest, ok = strings.Cut(rest, p); !ok {
			return false
		}
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}
