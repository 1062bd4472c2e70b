package relay_test

import (
	"fmt"
	"io"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"mentorrelay/relay"
)

// BenchmarkReceive takes in letters of 4 KiB from fifty sessions: everything
// between the door and the durable row in the outbox.
func BenchmarkReceive(b *testing.B) {
	x := newBench(b, "")
	to := x.masks["alice→ben"]
	text := strings.Repeat("Bonjour, et merci de votre lettre de mardi dernier.\r\n", 75)
	var n atomic.Int64
	b.SetParallelism(25)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			rc, err := x.relay.Resolve(b.Context(), to)
			if err != nil {
				b.Error(err)
				return
			}
			msg := relay.NewSpool()
			io.WriteString(msg, strings.ReplaceAll(letter(alice, to, fmt.Sprintf("<%d@corp.test>", n.Add(1)), text), "\n", "\r\n"))
			env := relay.Envelope{Door: relay.SMTP, MailFrom: alice, ReceivedAt: x.now, PeerIP: netip.MustParseAddr("127.0.0.1"), Recipients: []relay.Recipient{rc}}
			if err := x.relay.Receive(b.Context(), env, msg)[0]; err != nil {
				b.Error(err)
				return
			}
		}
	})
}
