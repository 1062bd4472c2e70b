package storage

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// migrations is append-only: an entry that was released is never edited.
// {{id}}, {{blob}}, {{time}} and {{keyed}} stand for what the engines call
// differently.
var migrations = []string{
	`CREATE TABLE programme (
		id {{id}},
		key TEXT NOT NULL UNIQUE,
		name TEXT NOT NULL,
		coordinator TEXT NOT NULL,
		language TEXT NOT NULL,
		timezone TEXT NOT NULL,
		policy TEXT NOT NULL,
		opaque TEXT NOT NULL,
		display TEXT NOT NULL,
		created_at {{time}} NOT NULL
	);
	CREATE TABLE person (
		id {{id}},
		name TEXT NOT NULL,
		language TEXT NOT NULL,
		timezone TEXT NOT NULL,
		state TEXT NOT NULL,
		created_at {{time}} NOT NULL
	);
	CREATE TABLE enrolment (
		programme_id BIGINT NOT NULL REFERENCES programme(id),
		person_id BIGINT NOT NULL REFERENCES person(id),
		PRIMARY KEY (programme_id, person_id)
	){{keyed}};
	CREATE INDEX enrolment_person ON enrolment(person_id);
	CREATE TABLE address (
		id {{id}},
		person_id BIGINT NOT NULL REFERENCES person(id),
		address TEXT NOT NULL,
		canonical TEXT NOT NULL UNIQUE,
		added_at {{time}} NOT NULL
	);
	CREATE INDEX address_person ON address(person_id);
	CREATE TABLE pair (
		id {{id}},
		programme_id BIGINT NOT NULL REFERENCES programme(id),
		mentor_id BIGINT NOT NULL REFERENCES person(id),
		mentee_id BIGINT NOT NULL REFERENCES person(id),
		state TEXT NOT NULL,
		cadence TEXT NOT NULL,
		created_at {{time}} NOT NULL
	);
	CREATE UNIQUE INDEX pair_live ON pair(programme_id, mentor_id, mentee_id) WHERE state <> 'ended';
	CREATE INDEX pair_mentor ON pair(mentor_id);
	CREATE INDEX pair_mentee ON pair(mentee_id);
	CREATE TABLE mask (
		id {{id}},
		pair_id BIGINT NOT NULL REFERENCES pair(id),
		writer_id BIGINT NOT NULL REFERENCES person(id),
		reader_id BIGINT NOT NULL REFERENCES person(id),
		token TEXT NOT NULL UNIQUE,
		name TEXT NOT NULL,
		UNIQUE (pair_id, writer_id)
	);
	CREATE TABLE receipt (
		key {{blob}} NOT NULL PRIMARY KEY,
		at {{time}} NOT NULL
	){{keyed}};
	CREATE INDEX receipt_at ON receipt(at);
	CREATE TABLE message (
		id {{id}},
		pair_id BIGINT NOT NULL REFERENCES pair(id),
		writer_id BIGINT NOT NULL REFERENCES person(id),
		at {{time}} NOT NULL,
		size BIGINT NOT NULL,
		words BIGINT NOT NULL,
		language TEXT NOT NULL,
		original_id TEXT NOT NULL,
		masked_id TEXT NOT NULL
	);
	CREATE INDEX message_original ON message(pair_id, original_id);
	CREATE INDEX message_masked ON message(pair_id, masked_id);
	CREATE TABLE instance (
		name TEXT NOT NULL PRIMARY KEY,
		beat_at {{time}} NOT NULL
	);
	CREATE TABLE delivery (
		id {{id}},
		kind TEXT NOT NULL,
		message_id BIGINT NOT NULL,
		sender_id BIGINT NOT NULL,
		person_id BIGINT NOT NULL,
		pair_id BIGINT NOT NULL,
		recipient TEXT NOT NULL,
		state TEXT NOT NULL,
		attempts BIGINT NOT NULL,
		owner TEXT NOT NULL,
		next_at {{time}} NOT NULL,
		created_at {{time}} NOT NULL,
		status TEXT NOT NULL,
		body BIGINT NOT NULL,
		size BIGINT NOT NULL
	);
	CREATE INDEX delivery_due ON delivery(next_at) WHERE state = 'queued' AND owner = '';
	CREATE INDEX delivery_owner ON delivery(owner) WHERE owner <> '';
	CREATE TABLE chunk (
		body BIGINT NOT NULL,
		seq BIGINT NOT NULL,
		bytes {{blob}} NOT NULL,
		PRIMARY KEY (body, seq)
	){{keyed}};
	CREATE TABLE staged (
		body BIGINT NOT NULL PRIMARY KEY,
		at {{time}} NOT NULL
	);
	CREATE TABLE notice (
		kind TEXT NOT NULL,
		person_id BIGINT NOT NULL,
		subject_id BIGINT NOT NULL,
		day TEXT NOT NULL,
		PRIMARY KEY (kind, person_id, subject_id, day)
	){{keyed}};`,
	`ALTER TABLE person ADD COLUMN muted BOOLEAN NOT NULL DEFAULT FALSE;
	CREATE TABLE hold (
		id {{id}},
		kind TEXT NOT NULL,
		state TEXT NOT NULL,
		question BIGINT NOT NULL,
		pair_id BIGINT NOT NULL REFERENCES pair(id),
		writer_id BIGINT NOT NULL REFERENCES person(id),
		token TEXT NOT NULL,
		address TEXT NOT NULL,
		door TEXT NOT NULL,
		mail_from TEXT NOT NULL,
		receipt {{blob}} NOT NULL,
		received_at {{time}} NOT NULL,
		expires_at {{time}} NOT NULL,
		settled_at {{time}} NOT NULL,
		body BIGINT NOT NULL,
		size BIGINT NOT NULL
	);
	CREATE INDEX hold_question ON hold(question);
	CREATE INDEX hold_waiting ON hold(expires_at) WHERE state = 'waiting';
	CREATE TABLE bounce (
		delivery_id BIGINT NOT NULL PRIMARY KEY,
		person_id BIGINT NOT NULL,
		class TEXT NOT NULL,
		status TEXT NOT NULL,
		at {{time}} NOT NULL
	);
	CREATE INDEX bounce_person ON bounce(person_id, at);
	CREATE TABLE absence (
		id {{id}},
		person_id BIGINT NOT NULL REFERENCES person(id),
		"from" TEXT NOT NULL,
		until TEXT NOT NULL,
		noted_at {{time}} NOT NULL,
		UNIQUE (person_id, "from", until)
	);
	CREATE TABLE audit (
		id {{id}},
		at {{time}} NOT NULL,
		action TEXT NOT NULL,
		person_id BIGINT NOT NULL,
		pair_id BIGINT NOT NULL
	);
	CREATE INDEX audit_pair ON audit(pair_id)`,
	`ALTER TABLE message ADD COLUMN asks BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN offers BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN thanks BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN commits BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN reports BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN pace TEXT NOT NULL DEFAULT '';
	CREATE TABLE ask (
		id {{id}},
		message_id BIGINT NOT NULL REFERENCES message(id),
		pair_id BIGINT NOT NULL REFERENCES pair(id),
		writer_id BIGINT NOT NULL REFERENCES person(id),
		text TEXT NOT NULL,
		at {{time}} NOT NULL,
		expires_at {{time}} NOT NULL
	);
	CREATE INDEX ask_pair ON ask(pair_id, at);
	CREATE INDEX ask_expiry ON ask(expires_at)`,
	`CREATE TABLE survey (
		id BIGINT NOT NULL PRIMARY KEY,
		key TEXT NOT NULL,
		programme_id BIGINT NOT NULL REFERENCES programme(id),
		person_id BIGINT NOT NULL REFERENCES person(id),
		role TEXT NOT NULL,
		sent_at {{time}} NOT NULL,
		remind_at {{time}} NOT NULL,
		state TEXT NOT NULL
	);
	CREATE INDEX survey_person ON survey(person_id, key);
	CREATE INDEX survey_due ON survey(remind_at) WHERE state = 'asked';
	CREATE TABLE answer (
		person_id BIGINT NOT NULL REFERENCES person(id),
		survey TEXT NOT NULL,
		question TEXT NOT NULL,
		value TEXT NOT NULL,
		source TEXT NOT NULL,
		at {{time}} NOT NULL,
		PRIMARY KEY (person_id, survey, question)
	){{keyed}};
	CREATE INDEX pair_invited ON pair(id) WHERE state = 'invited'`,
	`ALTER TABLE person ADD COLUMN tips TEXT NOT NULL DEFAULT '';
	ALTER TABLE pair ADD COLUMN began_at {{time}};
	UPDATE pair SET began_at = created_at WHERE state <> 'invited';
	ALTER TABLE pair ADD COLUMN ended_at {{time}};
	ALTER TABLE survey ADD COLUMN pair_id BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN asks_help BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN asks_wishes BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN asks_after BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN links BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE message ADD COLUMN events BIGINT NOT NULL DEFAULT 0;
	CREATE INDEX message_at ON message(pair_id, at);
	CREATE TABLE appointment (
		kind TEXT NOT NULL,
		subject_id BIGINT NOT NULL,
		at {{time}} NOT NULL,
		PRIMARY KEY (kind, subject_id)
	){{keyed}};
	CREATE INDEX appointment_due ON appointment(at, kind, subject_id);
	INSERT INTO appointment (kind, subject_id, at) SELECT 'look', id, created_at FROM person;
	INSERT INTO appointment (kind, subject_id, at) SELECT 'summary', id, created_at FROM person;
	INSERT INTO appointment (kind, subject_id, at) SELECT 'programme', id, created_at FROM programme;
	INSERT INTO appointment (kind, subject_id, at) SELECT 'survey', id, remind_at FROM survey WHERE state <> 'answered';
	DROP INDEX survey_due;
	DROP INDEX pair_invited;
	CREATE TABLE nudge (
		id {{id}},
		person_id BIGINT NOT NULL REFERENCES person(id),
		pair_id BIGINT NOT NULL REFERENCES pair(id),
		key TEXT NOT NULL,
		moment TEXT NOT NULL,
		at {{time}} NOT NULL,
		judged_at {{time}} NOT NULL,
		withheld BOOLEAN NOT NULL,
		facts TEXT NOT NULL,
		UNIQUE (person_id, pair_id, key, moment)
	);
	CREATE INDEX nudge_person ON nudge(person_id, at);
	CREATE INDEX nudge_pair ON nudge(pair_id);
	CREATE TABLE request (
		id BIGINT NOT NULL PRIMARY KEY,
		action TEXT NOT NULL,
		programme_id BIGINT NOT NULL REFERENCES programme(id),
		person_id BIGINT NOT NULL,
		pairs TEXT NOT NULL,
		state TEXT NOT NULL,
		asked_at {{time}} NOT NULL,
		expires_at {{time}} NOT NULL
	);
	CREATE INDEX request_person ON request(person_id, action);
	CREATE INDEX request_expiry ON request(expires_at)`,
	// Facts of letters are read by pair, of everybody each day, but lie in the
	// order in which they came: with all of them in the index, a pair's are in one
	// place. What came of tips is counted from an index alone, too, and unsorted.
	`DROP INDEX message_at;
	CREATE INDEX message_facts ON message(pair_id, at, id, writer_id, words, language, asks, offers, thanks, commits, reports, pace,
		asks_help, asks_wishes, asks_after, links, events);
	CREATE INDEX nudge_effect ON nudge(key, withheld, pair_id, person_id, at, judged_at)`,
}

// migrate brings the schema up to date under a lock, so that whichever
// instance starts first does it, once.
func migrate(ctx context.Context, db *gorm.DB, e engine, migrations []string) error {
	err := db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := e.lockMigration(tx); err != nil {
			return err
		}
		if err := tx.Exec("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)").Error; err != nil {
			return err
		}
		var version int
		if err := tx.Raw("SELECT COALESCE(MAX(version), 0) FROM schema_version").Scan(&version).Error; err != nil {
			return err
		}
		if version > len(migrations) {
			return ErrNewer
		}
		return apply(tx, e, migrations, version)
	})
	if err != nil {
		return fmt.Errorf("bringing the schema up to date: %w", err)
	}
	return nil
}

func apply(tx *gorm.DB, e engine, migrations []string, version int) error {
	for i, m := range migrations[version:] {
		if err := execute(tx, e.types(m)); err != nil {
			return fmt.Errorf("migration %d: %w", version+i+1, err)
		}
		if err := tx.Exec("INSERT INTO schema_version (version) VALUES (?)", version+i+1).Error; err != nil {
			return err
		}
	}
	return nil
}

func execute(tx *gorm.DB, script string) error {
	for statement := range strings.SplitSeq(script, ";") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if err := tx.Exec(statement).Error; err != nil {
			return err
		}
	}
	return nil
}
