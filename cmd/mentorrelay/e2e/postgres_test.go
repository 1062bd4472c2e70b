//go:build linux

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// A postgres is a database server with one empty database.
type postgres struct {
	*process
	bin, data string
	address   string
	url       string
}

func startPostgres(t testing.TB) *postgres {
	t.Helper()
	bin := postgresPrograms(t)
	p := &postgres{bin: bin, data: filepath.Join(folder(t), "data"), address: loopback(freePort(t))}
	p.url = "postgres://relay@" + p.address + "/postgres?sslmode=disable"
	as := p.owner(t)
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", p.data, "-U", "relay", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = as, "/"
	command(t, initdb)
	p.run(t)
	return p
}

// run starts the server on its data, for the first time or again.
func (p *postgres) run(t testing.TB) {
	t.Helper()
	cmd := exec.Command(filepath.Join(p.bin, "postgres"), "-D", p.data, "-p", port(t, p.address), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=100")
	cmd.SysProcAttr, cmd.Dir = p.owner(t), "/"
	p.process = start(t, "postgres", cmd)
	p.end = syscall.SIGINT // at once, whoever is connected
	eventually(t, "PostgreSQL to answer", func() bool {
		return exec.Command(filepath.Join(p.bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", port(t, p.address)).Run() == nil
	})
}

// stop ends the server in mid-test.
func (p *postgres) stop(t testing.TB) {
	t.Helper()
	p.signal(p.end)
	p.exit(t)
}

// owner makes the server run as its own user: it refuses to be root. The
// folder of its data is given to that user.
func (p *postgres) owner(t testing.TB) *syscall.SysProcAttr {
	t.Helper()
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}
	}
	uid, gid := ids(t, "postgres")
	if err := os.Chown(filepath.Dir(p.data), uid, gid); err != nil {
		t.Fatal(err)
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
}

// postgresPrograms finds the directory of initdb and postgres: Debian keeps
// the versions apart and outside the PATH.
func postgresPrograms(t testing.TB) string {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		t.Fatal(err)
	}
	if name, err := exec.LookPath("postgres"); err == nil && len(found) == 0 {
		found = append(found, name)
	}
	if len(found) == 0 {
		t.Skip("postgresql is not installed")
	}
	return filepath.Dir(slices.Max(found))
}
