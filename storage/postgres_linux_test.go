package storage

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// errNoPostgres says that there is no server to be started here.
var errNoPostgres = errors.New("no PostgreSQL here")

// startPostgres runs a PostgreSQL of its own from Debian's binaries, on
// loopback, until stop. It refuses to run as root, so it runs as postgres.
func startPostgres() (url string, stop func() error, err error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", nil, errors.Join(errNoPostgres, err)
	}
	bin := filepath.Dir(found[len(found)-1])
	attr, uid, gid, err := postgresUser()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "mentorrelay-postgres-")
	if err != nil {
		return "", nil, err
	}
	if err := os.Chown(dir, uid, gid); err != nil {
		return "", nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = attr, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	server := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-p", port,
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=200",
		"-c", "timezone=Asia/Kathmandu") // far from UTC, so that a time in the server's zone shows
	server.SysProcAttr, server.Dir = attr, dir
	if err := awaitReady(server); err != nil {
		return "", nil, err
	}
	stop = func() error {
		err := server.Process.Signal(syscall.SIGQUIT)
		server.Wait() // its status after SIGQUIT is not of interest
		return errors.Join(err, os.RemoveAll(dir))
	}
	return "postgres://postgres@127.0.0.1:" + port + "/postgres?sslmode=disable", stop, nil
}

// postgresUser gives the attributes of processes that must not be root's. They
// end with this process, however that ends.
func postgresUser() (attr *syscall.SysProcAttr, uid, gid int, err error) {
	attr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() != 0 {
		return attr, os.Getuid(), os.Getgid(), nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, 0, 0, errors.Join(errNoPostgres, err)
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, uid, gid, errors.Join(err1, err2)
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, errors.Join(err, l.Close())
}

// awaitReady starts the server and reads its log until it takes connections.
func awaitReady(server *exec.Cmd) error {
	log, err := server.StderrPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	var said strings.Builder
	for lines := bufio.NewScanner(log); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "ready to accept connections") {
			go io.Copy(io.Discard, log)
			return nil
		}
	}
	return errors.Join(fmt.Errorf("postgres did not start: %s", said.String()), server.Wait())
}
