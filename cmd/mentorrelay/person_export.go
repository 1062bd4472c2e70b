package main

import (
	"context"

	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

type personExport struct {
	onePerson `embed:""`
}

// Run prints all that is stored about the person: JSON, whether it is asked for
// or not.
func (c *personExport) Run(ctx context.Context, m *Main, i *installation) error {
	p, err := i.person(ctx, c.Email)
	if err != nil {
		return err
	}
	return i.Export(ctx, p.ID, storage.Naming{Mask: i.masks.Address, Other: notice.DisplayName}, m.Stdout)
}
