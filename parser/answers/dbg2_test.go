package answers

import (
	"fmt"
	"testing"
	"time"
)

func TestDbg2(t *testing.T) {
	qs := intake(t, "fr", "")
	t0 := time.Now()
	NewReader(qs)
	fmt.Println(time.Since(t0))
	tot := 0
	for _, q := range qs {
		for _, o := range q.Options {
			n := 0
			for _, l := range [][]string{o.Words, o.Alone, o.Under} {
				for _, p := range l {
					k := len(expand(p))
					n += k
					if k > 300 {
						fmt.Println(k, p)
					}
				}
			}
			tot += n
			fmt.Println(q.Key, o.Key, n)
		}
	}
	fmt.Println(tot)
}
