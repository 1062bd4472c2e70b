//go:build !unix

package storage

import "os"

// lockFile creates the file exclusively; after a crash it has to be removed
// by hand, for want of locks that end with their process.
func lockFile(name string) (release func() error, err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if os.IsExist(err) {
		return nil, ErrInUse
	}
	if err != nil {
		return nil, err
	}
	return func() error {
		f.Close()
		return os.Remove(name)
	}, nil
}
