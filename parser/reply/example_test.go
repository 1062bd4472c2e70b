package reply_test

import (
	"fmt"

	"mentorrelay/parser/reply"
)

func ExampleSplit() {
	r := reply.Split(`Hi Anna, see below.

On Tue, 12 Mar 2024 at 10:15, Anna Berg <anna@mail.example> wrote:

> Did you talk to your manager?

Yes, on Monday.

> And what did she say?

She will think about it.

-- 
Ben
`)
	for _, b := range r.Blocks {
		if b.Kind == reply.New && b.Answers >= 0 {
			fmt.Println(r.Blocks[b.Answers].Text, b.Text)
		}
	}
	// Output:
	// Did you talk to your manager? Yes, on Monday.
	// And what did she say? She will think about it.
}
