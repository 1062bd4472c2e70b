package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// An Audit notes who decided what about whom.
type Audit struct {
	ID       int64
	At       time.Time
	Action   string // such as AuditReported
	PersonID int64  // who did it; 0 for the operator
	PairID   int64  // 0 for none
}

// What is noted.
const (
	AuditReported   = "reported"    // a person reported the other of the pair
	AuditBlocked    = "blocked"     // a person blocked the other of the pair
	AuditSuspended  = "suspended"   // a person's mailbox took no mail
	AuditReturned   = "returned"    // the person wrote, so it does again
	AuditComplaint  = "complaint"   // a person marked a mail as spam
	AuditAddress    = "address"     // a person confirmed a new address
	AuditExchange   = "exchange"    // a person would show the other of the pair their address
	AuditNoExchange = "no-exchange" // a person would not, or no longer
)

func (a Audit) apply(tx *gorm.DB) error { return tx.Omit("ID").Create(&a).Error }

// Audits lists what was noted about a pair, oldest first.
func (s *Storage) Audits(ctx context.Context, pairID int64) ([]Audit, error) {
	var list []Audit
	return list, s.read.WithContext(ctx).Where("pair_id = ?", pairID).Order("id").Find(&list).Error
}
