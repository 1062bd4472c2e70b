package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mentorrelay/storage"
)

// file puts a file into the box and returns its path.
func (b *box) file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(b.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestImport reads the files that people and their spreadsheets write.
func TestImport(t *testing.T) {
	const want = `[{"id":1,"name":"Zoé Martin","email":"zoe@corp.test","also":["zoe@home.test","z@old.test"],"language":"en-GB","timezone":"Asia/Tokyo","state":"active"},` +
		`{"id":2,"name":"Durand, Ben","email":"ben@uni.test","also":[],"language":"fr","timezone":"Europe/Paris","state":"active"}]` + "\n"
	for name, text := range map[string]string{
		"plain": "name,email,language,timezone,also\n" +
			"Zoé Martin,zoe@corp.test,en-gb,Asia/Tokyo,zoe@home.test z@old.test\n\"Durand, Ben\",ben@uni.test,,,\n",
		"from a spreadsheet": "\ufeffEmail;Name;Also;Language;Timezone\r\n" +
			"zoe@corp.test;Zoé Martin;\"zoe@home.test; z@old.test\";EN-gb;Asia/Tokyo\r\nben@uni.test;Durand, Ben;;;\r\n;;;;\r\n",
		"tabs, and no end of the last line": "name\temail\talso\tlanguage\ttimezone\n" +
			"Zoé  Martin\tzoe@corp.test\tzoe@home.test;z@old.test\ten-GB\tAsia/Tokyo\n\nDurand, Ben\tben@uni.test\t\t\t",
		"spaces": "name, email, also, language, timezone\n" +
			"\"Zoé Martin\", zoe@corp.test , \"zoe@home.test z@old.test zoe@CORP.test\", en-GB, Asia/Tokyo\n\"Durand,\nBen\", ben@uni.test, , ,\n",
		"an old Macintosh": "name,email,also,language,timezone\rZoé Martin,zoe@corp.test,zoe@home.test;z@old.test,en-GB,Asia/Tokyo\r\"Durand, Ben\",ben@uni.test,,,\r",
	} {
		t.Run(name, func(t *testing.T) {
			b := initBox(t)
			if got := b.must(t, "person", "import", b.file(t, "people.csv", text), "--json"); got != want {
				t.Errorf("%s, want\n%s", got, want)
			}
			if list := decode[[]personView](t, b, "person", "list"); len(list) != 2 {
				t.Errorf("%+v", list)
			}
		})
	}
}

// TestImportFromStdin imports into one of several programmes.
func TestImportFromStdin(t *testing.T) {
	b := initBox(t)
	b.must(t, "programme", "add", "--name", "School", "--coordinator", "c@school.test", "--language", "de", "--timezone", "Europe/Berlin")
	b.stdin = "name,email\nZoe,zoe@corp.test\n"
	b.fails(t, exitFailed, "there are several programmes", "person", "import", "-")
	if got := b.must(t, "person", "import", "-", "--programme", "school"); got != "1 people were added to programme school\n" {
		t.Error(got)
	}
	if p := decode[personDetails](t, b, "person", "show", "zoe@corp.test"); p.Language != "de" || p.Timezone != "Europe/Berlin" {
		t.Errorf("%+v", p)
	}
}

// TestImportAllOrNothing names every bad row with its line, and stores none of
// the others.
func TestImportAllOrNothing(t *testing.T) {
	b := initBox(t)
	b.must(t, "person", "add", "--name", "Ann", "--email", "ann@corp.test", "--also", "ann@home.test")
	file := b.file(t, "people.csv", `name,email,language,timezone,also
Zoe,zoe@corp.test,,,
,nobody,klingonese,Mars/Olympus,
"Eve
Adams",eve@corp.test,,,ZOE@corp.test
Ann,ann2@corp.test,,,Ann@HOME.test
Too,few@corp.test
Bob "the builder",bob@corp.test,,,
Help,help@relay.test,,,
Last,last@corp.test,,,
`)
	status, stdout, stderr := b.run(t, "person", "import", file)
	want := strings.ReplaceAll(`FILE:3: "" is no name: write it as in "Alice Martin"
FILE:3: "klingonese" is no language: write a BCP 47 tag, as in fr or pt-BR
FILE:3: "Mars/Olympus" is no time zone: write its IANA name, as in Europe/Paris
FILE:3: "nobody" is no address: write it as in alice@example.org
FILE:4: ZOE@corp.test is on line 2 already
FILE:6: Ann@HOME.test is known already: leave the row out (`+"`mentorrelay person add`"+` gives somebody who is known a place in one more programme)
FILE:7: this row has 2 fields, and the header 5: put quotes around what has a ',' in it
FILE:8: a quote is out of place: write "" for a quote in a field, and quotes around that field
FILE:9: help@relay.test is an address of the relay itself: give one that the person reads
mentorrelay: 6 of 8 rows can't be imported, so nobody was added: mend them and import the file again
`, "FILE", file)
	if status != exitFailed || stdout != "" || stderr != want {
		t.Errorf("exit %d: %s\n%s\nwant\n%s", status, stdout, stderr, want)
	}
	if list := decode[[]personView](t, b, "person", "list"); len(list) != 1 {
		t.Errorf("%+v", list)
	}
}

// TestImportOfNoTable refuses what is no such file, saying what to do.
func TestImportOfNoTable(t *testing.T) {
	b := initBox(t)
	for text, want := range map[string]string{
		"":                    "it is empty: the first line names the columns, as in name,email,language,timezone,also",
		"\ufeff\r\n":          "it is empty",
		"Zoe,zoe@corp.test\n": `line 1: there is no column "zoe"`,
		"name,email,phone\nZoe,zoe@corp.test,1\n": `line 1: there is no column "phone": the first line names the columns, which are name, email, language, timezone, also`,
		"name,mail\n":            `there is no column "mail"`,
		"email\nzoe@corp.test\n": "line 1: the column name is missing",
		"name,email,Name\n":      "line 1: the column name is there twice",
		"name,email\n":           "there is nobody in it, only a header",
		"name;email\r\nZoe;zoe@corp.test\r\nRen\xe9;r@x.fr": `line 3 is not UTF-8: save the file as "CSV UTF-8" and import that`,
		"\xff\xfen\x00a\x00m\x00e\x00,\x00":                 "line 1 is not UTF-8",
		"n\x00a\x00m\x00e\x00":                              "line 1 is not UTF-8",
		"na\"me,email\n":                                    "line 1: a quote is out of place",
	} {
		b.fails(t, exitFailed, want, "person", "import", b.file(t, "people.csv", text))
	}
	b.fails(t, exitFailed, "no such file", "person", "import", filepath.Join(b.dir, "nowhere.csv"))
	b.fails(t, exitUsage, `expected "<file>"`, "person", "import")
	many := b.file(t, "many.csv", "name,email\n"+strings.Repeat("A,a\n", importRows+1))
	b.fails(t, exitFailed, "there are more than 100000 rows: import them in parts", "person", "import", many)
}

// FuzzReadRows reads whatever a file may hold.
func FuzzReadRows(f *testing.F) {
	for _, text := range []string{
		"name,email,also\nZoe,zoe@corp.test,a@b.test;c@d.test\n", "\ufeffname;email\r\n\"Zoe \"\"Z\"\"\";zoe@corp.test\r\n;\r\n",
		"name\temail\n\"Zoe", "name,email\n\"\n\n\"x,y\nA,b@c.test\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		rows, err := readRows(text, enrolled)
		if err == nil && len(rows) == 0 {
			t.Error("no rows and no error")
		}
		last := 1
		for _, r := range rows {
			if r.line < last || r.person == nil && len(r.problems) == 0 {
				t.Errorf("%+v after line %d", r, last)
			}
			last = r.line
			for _, a := range r.addresses() {
				if a.Canonical == "" || strings.ContainsAny(a.Address, " \r\n\x00") {
					t.Errorf("%+v", a)
				}
			}
		}
	})
}

// enrolled makes a record of what is given, in a programme of the tests' own.
func enrolled(a *personAdd) (*storage.Person, []error) {
	c := defaultConfig()
	c.Service.Domain = "relay.test"
	return a.person(c, &storage.Programme{Language: "fr", Timezone: "Europe/Paris"}, noon)
}

// BenchmarkReadRows reads a file of 10,000 people.
func BenchmarkReadRows(b *testing.B) {
	var text strings.Builder
	text.WriteString("name,email,language,timezone,also\n")
	for i := range 10_000 {
		fmt.Fprintf(&text, "Zoe Martin %d,zoe%d@corp.test,fr,Europe/Paris,zoe%d@home.test\n", i, i, i)
	}
	for b.Loop() {
		if rows, err := readRows([]byte(text.String()), enrolled); err != nil || len(rows) != 10_000 || len(rows[0].problems) > 0 {
			b.Fatal(len(rows), err)
		}
	}
}
