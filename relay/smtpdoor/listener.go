package smtpdoor

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"strings"
	"time"
)

// Listen opens a TCP address ("127.0.0.1:24", ":25") or, where address is a
// path, a Unix socket that its owner and group may use.
func Listen(address string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(address); err == nil && !strings.Contains(address, "/") {
		return net.Listen("tcp", address)
	}
	if err := removeStale(address); err != nil {
		return nil, err
	}
	l, err := net.Listen("unix", address)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(address, 0o660); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// removeStale removes the socket that a process which was killed left behind,
// and nothing else.
func removeStale(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("%s exists and is no socket: remove it, or listen elsewhere", path)
	}
	if c, err := net.Dial("unix", path); err == nil {
		c.Close()
		return fmt.Errorf("%s is in use by another process", path)
	}
	return os.Remove(path)
}

// A listener admits connections within the limits of the server.
type listener struct {
	net.Listener
	server *Server
}

// Accept implements net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	for {
		nc, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if c := l.server.admit(nc); c != nil {
			return c, nil
		}
		l.server.config.Log.Warn("connection refused: too many", "door", l.server.config.Door)
		// A few octets to a new connection never wait for the peer; the
		// deadline is there should that be wrong.
		nc.SetWriteDeadline(time.Now().Add(time.Second))
		nc.Write([]byte("421 4.7.0 Too many connections, try again later\r\n"))
		nc.Close()
	}
}

// admit counts a connection in, or returns nil.
func (s *Server) admit(nc net.Conn) *conn {
	c := &conn{Conn: nc, server: s, id: s.lastID.Add(1), peer: peerIP(nc), over: make(chan struct{})}
	c.trusted = s.config.Trusts(c.peer)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing || len(s.conns) >= s.config.MaxConnections {
		return nil
	}
	if !c.trusted {
		n := network(c.peer)
		if s.perPeer[n] >= s.config.MaxPerPeer {
			return nil
		}
		s.perPeer[n]++
	}
	s.conns[c] = struct{}{}
	return c
}

// remove counts a connection out; a second time is no harm.
func (s *Server) remove(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.conns[c]; !ok {
		return
	}
	delete(s.conns, c)
	if !c.trusted {
		n := network(c.peer)
		if s.perPeer[n]--; s.perPeer[n] == 0 {
			delete(s.perPeer, n)
		}
	}
	if s.closing && len(s.conns) == 0 {
		close(s.gone)
	}
}

// peerIP returns the address of the client; whoever can open a Unix socket is
// on this machine.
func peerIP(nc net.Conn) netip.Addr {
	if a, ok := nc.RemoteAddr().(*net.TCPAddr); ok {
		return a.AddrPort().Addr().Unmap().WithZone("")
	}
	return netip.AddrFrom4([4]byte{127, 0, 0, 1})
}

// network is what counts as one peer: an IPv4 address, or the IPv6 /64 that
// one host may choose its addresses from (RFC 4291 §2.5.4).
func network(ip netip.Addr) netip.Prefix {
	bits := ip.BitLen()
	if ip.Is6() {
		bits = 64
	}
	p, _ := ip.Prefix(bits) // no error: bits fits
	return p
}
