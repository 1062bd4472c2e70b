package imapdoor

import (
	"fmt"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// move moves messages to a folder, or deletes them where it has no name. It
// never has go-imap move without the MOVE extension: that would send COPY,
// STORE and EXPUNGE at once, and lose what could not be copied.
func (s *session) move(uids imap.UIDSet, folder string) error {
	if folder == "" {
		return s.remove(uids)
	}
	name, err := s.target(folder)
	if err != nil {
		return err
	}
	if s.caps.Has(imap.CapMove) { // RFC 6851
		defer s.conn.await()()
		_, err = s.client.Move(uids, name).Wait()
	} else if uids, err = s.copy(uids, name); err == nil && len(uids) > 0 {
		return s.remove(uids)
	}
	if err != nil {
		delete(s.folders, folder) // it may be gone, and is looked for again
		return fmt.Errorf("moving messages: %w", err)
	}
	return nil
}

// copy copies messages to a folder, but for those that it copied before and
// could not delete, and returns those that may be deleted now.
func (s *session) copy(uids imap.UIDSet, name string) (copied imap.UIDSet, err error) {
	var missing imap.UIDSet
	all, _ := uids.Nums()
	for _, uid := range all {
		if late := s.late[uid]; late != nil && late.copied {
			copied.AddNum(uid)
		} else {
			missing.AddNum(uid)
		}
	}
	if len(missing) == 0 {
		return copied, nil
	}
	defer s.conn.await()()
	data, err := s.client.Copy(missing, name).Wait()
	if err != nil {
		return nil, err
	}
	all, _ = missing.Nums()
	for _, uid := range all {
		// COPYUID (RFC 4315 §3) tells which were there to be copied.
		if len(data.SourceUIDs) == 0 || data.SourceUIDs.Contains(uid) {
			s.remember(uid).copied = true
			copied.AddNum(uid)
		}
	}
	return copied, nil
}

// remove deletes messages. A plain EXPUNGE would take with it what others
// marked, so that without UIDPLUS (RFC 4315) they stay, marked as deleted.
func (s *session) remove(uids imap.UIDSet) error {
	defer s.conn.await()()
	marked := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := s.client.Store(uids, marked, nil).Close(); err != nil {
		return fmt.Errorf("marking messages as deleted: %w", err)
	}
	if !s.caps.Has(imap.CapUIDPlus) {
		return nil
	}
	if err := s.client.UIDExpunge(uids).Close(); err != nil {
		return fmt.Errorf("deleting messages: %w", err)
	}
	return nil
}

// target returns the server's name for a folder, which it creates if need be.
func (s *session) target(folder string) (string, error) {
	if name, ok := s.folders[folder]; ok {
		return name, nil
	}
	defer s.conn.await()()
	name, err := s.nameOf(folder)
	if err != nil {
		return "", err
	}
	listed, err := s.client.List("", name, nil).Collect()
	if err != nil {
		return "", fmt.Errorf("looking for the folder %q: %w", folder, err)
	}
	if len(listed) == 0 {
		if err := s.client.Create(name, nil).Wait(); err != nil {
			return "", fmt.Errorf("creating the folder %q: %w", folder, err)
		}
		// Mail clients show what is subscribed to; nothing depends on it.
		_ = s.client.Subscribe(name).Wait()
	}
	s.folders[folder] = name
	return name, nil
}

// nameOf puts a folder's name as this server writes it: behind the prefix of
// personal folders (RFC 2342), INBOX. for instance, with its delimiter for "/".
func (s *session) nameOf(folder string) (string, error) {
	var prefix string
	var delimiter rune
	if s.caps.Has(imap.CapNamespace) {
		spaces, err := s.client.Namespace().Wait()
		if err != nil {
			return "", fmt.Errorf("asking for the namespaces: %w", err)
		}
		if len(spaces.Personal) > 0 {
			prefix, delimiter = spaces.Personal[0].Prefix, spaces.Personal[0].Delim
		}
	} else {
		listed, err := s.client.List("", "", nil).Collect() // RFC 9051 §6.3.9.1: the delimiter
		if err != nil {
			return "", fmt.Errorf("asking for the delimiter: %w", err)
		}
		if len(listed) > 0 {
			delimiter = listed[0].Delim
		}
	}
	if delimiter != 0 {
		folder = strings.ReplaceAll(folder, "/", string(delimiter))
	}
	if strings.HasPrefix(folder, prefix) {
		return folder, nil
	}
	return prefix + folder, nil
}
