package programme

import (
	"errors"
	"fmt"
	"sync"
)

// failures gathers errors from side by side: the first few, and how many more
// there are.
type failures struct {
	mu    sync.Mutex
	first []error
	more  int
}

// failuresTold is how many errors are told of: with a database that is gone
// there may be one for each person.
const failuresTold = 10

func (f *failures) add(err error) {
	if err == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.first) < failuresTold {
		f.first = append(f.first, err)
	} else {
		f.more++
	}
}

func (f *failures) err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.more > 0 {
		return errors.Join(append(f.first, fmt.Errorf("and %d more such errors", f.more))...)
	}
	return errors.Join(f.first...)
}
