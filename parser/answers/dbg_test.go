package answers

import (
	"fmt"
	"mentorrelay/parser/reply"
	"os"
	"testing"
)

func TestDbg(t *testing.T) {
	b, _ := os.ReadFile("/tmp/w/answers/in.txt")
	c := readCase(t, "x", os.Getenv("DL"), "x\n"+string(b))
	r := NewReader(c.questions)
	re := reply.Split(c.text)
	for _, b := range re.Blocks {
		fmt.Printf("%s: %q\n", b.Kind, b.Text)
	}
	p := r.newPage(re)
	for _, row := range p.rows {
		fmt.Printf("%q q=%v head=%+v\n", row.text, row.quoted, row.head)
	}
	fmt.Printf("%+v\n", r.Read(re))
}
