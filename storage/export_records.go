package storage

import (
	"encoding/json"
	"strings"
	"time"

	"gorm.io/gorm"
)

// The sections of an export. Their fields are the records', but for what tells
// of the other of a pair, what is secret, and what only joins records.

func (e *export) writePerson(key string) error {
	e.begin(key)
	p := e.person
	return e.value(struct {
		ID        int64      `json:"id"`
		Name      string     `json:"name"`
		Language  string     `json:"language"`
		Timezone  string     `json:"timezone"`
		State     string     `json:"state"`
		Muted     bool       `json:"muted"`
		Tips      string     `json:"tips"`
		CreatedAt *time.Time `json:"created_at"`
	}{p.ID, p.Name, p.Language, p.Timezone, p.State, p.Muted, p.Tips, moment(p.CreatedAt)})
}

func (e *export) writeAddresses(key string) error {
	type record struct {
		Address   string     `json:"address"`
		Canonical string     `json:"canonical"`
		AddedAt   *time.Time `json:"added_at"`
	}
	return writeList(e, key, few(e.person.Addresses, nil), func(a *Address) any {
		return record{a.Address, a.Canonical, moment(a.AddedAt)}
	})
}

func (e *export) writeProgrammes(key string) error {
	type record struct {
		Key  string `json:"key"`
		Name string `json:"name"`
	}
	var programmes []Programme
	places := e.read.Model(&Enrolment{}).Select("programme_id").Where("person_id = ?", e.person.ID)
	err := e.read.WithContext(e.ctx).Where("id IN (?)", places).Order("id").Find(&programmes).Error
	return writeList(e, key, few(programmes, err), func(p *Programme) any { return record{p.Key, p.Name} })
}

func (e *export) writePairs(key string) error {
	type record struct {
		ID        int64      `json:"id"`
		Programme string     `json:"programme"`
		Role      string     `json:"role"`
		Other     string     `json:"other"`
		WritesTo  string     `json:"writes_to,omitempty"` // the mask that reaches the other
		KnownAs   string     `json:"known_as,omitempty"`  // the mask by which the other knows the person
		State     string     `json:"state"`
		Cadence   string     `json:"cadence"`
		CreatedAt *time.Time `json:"created_at"`
		BeganAt   *time.Time `json:"began_at"`
		EndedAt   *time.Time `json:"ended_at"`
	}
	known, err := e.Programmes(e.ctx)
	if err != nil {
		return err
	}
	programmes := map[int64]*Programme{}
	for i := range known {
		programmes[known[i].ID] = &known[i]
	}
	return writeList(e, key, few(e.pairs, nil), func(p *Pair) any {
		in := programmes[p.ProgrammeID]
		r := record{ID: p.ID, Programme: in.Key, Role: RoleMentor, Other: e.naming.Other(p.Mentee, in), State: p.State, Cadence: p.Cadence,
			CreatedAt: moment(p.CreatedAt), BeganAt: moments(p.BeganAt), EndedAt: moments(p.EndedAt)}
		if p.MenteeID == e.person.ID {
			r.Role, r.Other = RoleMentee, e.naming.Other(p.Mentor, in)
		}
		for _, m := range p.Masks {
			if m.WriterID == e.person.ID {
				r.WritesTo = e.naming.Mask(m.Name, m.Token)
			} else {
				r.KnownAs = e.naming.Mask(m.Name, m.Token)
			}
		}
		return r
	})
}

// writeLetters gives for each letter the id that the person knows it by.
func (e *export) writeLetters(key string) error {
	type record struct {
		Pair       int64      `json:"pair"`
		Yours      bool       `json:"yours"` // rather than the other's
		At         *time.Time `json:"at"`
		Size       int64      `json:"size"`
		Words      int64      `json:"words"`
		Language   string     `json:"language"`
		MessageID  string     `json:"message_id"`
		Asks       int64      `json:"asks"`
		Offers     int64      `json:"offers"`
		Thanks     int64      `json:"thanks"`
		Commits    int64      `json:"commits"`
		Reports    int64      `json:"reports"`
		Pace       string     `json:"pace"`
		AsksHelp   int64      `json:"asks_help"`
		AsksWishes int64      `json:"asks_wishes"`
		AsksAfter  int64      `json:"asks_after"`
		Links      int64      `json:"links"`
		Events     int64      `json:"events"`
	}
	return writeList(e, key, e.lettersAfter, func(m *Message) any {
		r := record{m.PairID, m.WriterID == e.person.ID, moment(m.At), m.Size, m.Words, m.Language, m.MaskedID,
			m.Asks, m.Offers, m.Thanks, m.Commits, m.Reports, m.Pace, m.AsksHelp, m.AsksWishes, m.AsksAfter, m.Links, m.Events}
		if r.Yours {
			r.MessageID = m.OriginalID
		}
		return r
	})
}

// lettersAfter pages through the letters pair by pair, oldest first.
func (e *export) lettersAfter(last *Message) (some []Message, err error) {
	for _, p := range e.pairs {
		if last != nil && p.ID < last.PairID {
			continue
		}
		of := e.read.WithContext(e.ctx).Where("pair_id = ?", p.ID)
		if last != nil && p.ID == last.PairID {
			of = of.Where("(at, id) > (?, ?)", last.At, last.ID)
		}
		var more []Message
		if err := of.Order("at, id").Limit(pageSize - len(some)).Find(&more).Error; err != nil {
			return nil, err
		}
		if some = append(some, more...); len(some) == pageSize {
			break
		}
	}
	return some, nil
}

func (e *export) writeAsks(key string) error {
	type record struct {
		Pair      int64      `json:"pair"`
		Text      string     `json:"text"`
		At        *time.Time `json:"at"`
		ExpiresAt *time.Time `json:"expires_at"`
	}
	var ids []int64
	for _, p := range e.pairs {
		ids = append(ids, p.ID)
	}
	asks := func() *gorm.DB {
		return e.read.WithContext(e.ctx).Where("pair_id IN ? AND writer_id = ?", ids, e.person.ID)
	}
	return writeList(e, key, byID(asks, func(a *Ask) int64 { return a.ID }), func(a *Ask) any {
		return record{a.PairID, a.Text, moment(a.At), moment(a.ExpiresAt)}
	})
}

func (e *export) writeSurveys(key string) error {
	type record struct {
		Key      string     `json:"key"`
		Pair     int64      `json:"pair,omitempty"`
		Role     string     `json:"role"`
		SentAt   *time.Time `json:"sent_at"`
		RemindAt *time.Time `json:"remind_at"`
		State    string     `json:"state"`
	}
	var surveys []Survey
	err := e.theirs().Order("sent_at, key, id").Find(&surveys).Error
	return writeList(e, key, few(surveys, err), func(v *Survey) any {
		return record{v.Key, v.PairID, v.Role, moment(v.SentAt), moment(v.RemindAt), v.State}
	})
}

func (e *export) writeAnswers(key string) error {
	type record struct {
		Survey   string     `json:"survey"`
		Question string     `json:"question"`
		Value    string     `json:"value"`
		Source   string     `json:"source"`
		At       *time.Time `json:"at"`
	}
	var answers []Answer
	err := e.theirs().Order("survey, question").Find(&answers).Error
	return writeList(e, key, few(answers, err), func(a *Answer) any {
		return record{a.Survey, a.Question, a.Value, a.Source, moment(a.At)}
	})
}

func (e *export) writeNudges(key string) error {
	type record struct {
		Pair     int64      `json:"pair"`
		Key      string     `json:"key"`
		Moment   string     `json:"moment"`
		At       *time.Time `json:"at"`
		JudgedAt *time.Time `json:"judged_at"`
		Withheld bool       `json:"withheld"`
		Facts    any        `json:"facts"`
	}
	return writeList(e, key, byID(e.theirs, func(n *Nudge) int64 { return n.ID }), func(n *Nudge) any {
		facts := any(n.Facts)
		if json.Valid([]byte(n.Facts)) {
			facts = json.RawMessage(n.Facts)
		}
		return record{n.PairID, n.Key, n.Moment, moment(n.At), moment(n.JudgedAt), n.Withheld, facts}
	})
}

func (e *export) writeNotices(key string) error {
	type record struct {
		Kind string `json:"kind"`
		Day  string `json:"day"`
	}
	var notices []Notice
	err := e.theirs().Order("day, kind, subject_id").Find(&notices).Error
	return writeList(e, key, few(notices, err), func(n *Notice) any {
		day, _, _ := strings.Cut(n.Day, " ") // what follows tells notices of one day apart
		return record{n.Kind, day}
	})
}

func (e *export) writeAbsences(key string) error {
	type record struct {
		From    string     `json:"from"`
		Until   string     `json:"until"`
		NotedAt *time.Time `json:"noted_at"`
	}
	return writeList(e, key, few(e.Absences(e.ctx, e.person.ID)), func(a *Absence) any {
		return record{a.From, a.Until, moment(a.NotedAt)}
	})
}

func (e *export) writeBounces(key string) error {
	type record struct {
		Class  string     `json:"class"`
		Status string     `json:"status"`
		At     *time.Time `json:"at"`
	}
	var bounces []Bounce
	err := e.theirs().Order("at, delivery_id").Find(&bounces).Error
	return writeList(e, key, few(bounces, err), func(b *Bounce) any { return record{b.Class, b.Status, moment(b.At)} })
}

// writeDeliveries gives mail to the person, and what became of the letters that
// they sent; the other's mailbox is the other's.
func (e *export) writeDeliveries(key string) error {
	type record struct {
		Kind      string     `json:"kind"`
		Yours     bool       `json:"yours"` // sent by the person rather than to them
		Pair      int64      `json:"pair,omitempty"`
		State     string     `json:"state"`
		Size      int64      `json:"size"`
		CreatedAt *time.Time `json:"created_at"`
		Recipient string     `json:"recipient,omitempty"`
		Attempts  int64      `json:"attempts,omitempty"`
		Status    string     `json:"status,omitempty"`
	}
	id := e.person.ID
	mails := func() *gorm.DB { return e.read.WithContext(e.ctx).Where("person_id = ? OR sender_id = ?", id, id) }
	return writeList(e, key, byID(mails, func(d *Delivery) int64 { return d.ID }), func(d *Delivery) any {
		r := record{Kind: d.Kind, Yours: d.PersonID != id, Pair: d.PairID, State: d.State, Size: d.Size, CreatedAt: moment(d.CreatedAt)}
		if !r.Yours {
			r.Recipient, r.Attempts, r.Status = d.Recipient, d.Attempts, d.Status
		}
		return r
	})
}

func (e *export) writeHolds(key string) error {
	type record struct {
		Kind       string     `json:"kind"`
		State      string     `json:"state"`
		Pair       int64      `json:"pair"`
		Address    string     `json:"address"`
		MailFrom   string     `json:"mail_from"`
		Door       string     `json:"door"`
		Size       int64      `json:"size"`
		ReceivedAt *time.Time `json:"received_at"`
		ExpiresAt  *time.Time `json:"expires_at"`
		SettledAt  *time.Time `json:"settled_at"`
	}
	holds := func() *gorm.DB { return e.read.WithContext(e.ctx).Where("writer_id = ?", e.person.ID) }
	return writeList(e, key, byID(holds, func(h *Hold) int64 { return h.ID }), func(h *Hold) any {
		return record{h.Kind, h.State, h.PairID, h.Address, h.MailFrom, h.Door, h.Size, moment(h.ReceivedAt), moment(h.ExpiresAt), moment(h.SettledAt)}
	})
}

// writeAudits gives what the person did, not what the other did about them.
func (e *export) writeAudits(key string) error {
	type record struct {
		At     *time.Time `json:"at"`
		Action string     `json:"action"`
		Pair   int64      `json:"pair,omitempty"`
	}
	return writeList(e, key, byID(e.theirs, func(a *Audit) int64 { return a.ID }), func(a *Audit) any {
		return record{moment(a.At), a.Action, a.PairID}
	})
}

func (e *export) writeAppointments(key string) error {
	type record struct {
		Kind string     `json:"kind"`
		At   *time.Time `json:"at"`
	}
	var appointments []Appointment
	err := e.read.WithContext(e.ctx).Where("kind IN ? AND subject_id = ?", personAppointments, e.person.ID).
		Or("kind = ? AND subject_id IN (?)", AppointmentSurvey, e.theirs().Model(&Survey{}).Select("id")).
		Order("at, kind").Find(&appointments).Error
	return writeList(e, key, few(appointments, err), func(a *Appointment) any { return record{a.Kind, moment(a.At)} })
}

func (e *export) writeRequests(key string) error {
	type record struct {
		Action    string     `json:"action"`
		Pairs     []int64    `json:"pairs"`
		State     string     `json:"state"`
		AskedAt   *time.Time `json:"asked_at"`
		ExpiresAt *time.Time `json:"expires_at"`
	}
	var requests []Request
	err := e.theirs().Order("asked_at, action, id").Find(&requests).Error
	return writeList(e, key, few(requests, err), func(r *Request) any {
		return record{r.Action, r.Pairs, r.State, moment(r.AskedAt), moment(r.ExpiresAt)}
	})
}
