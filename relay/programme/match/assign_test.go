package match

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// cheapest is what the best of all assignments costs, found by trying each.
func cheapest(cost [][]int64, taken []bool) int64 {
	if len(cost) == 0 {
		return 0
	}
	best := int64(math.MaxInt64)
	for c := range cost[0] {
		if !taken[c] {
			taken[c] = true
			best = min(best, cost[0][c]+cheapest(cost[1:], taken))
			taken[c] = false
		}
	}
	return best
}

func matrix(rows, columns int, cell func() int64) [][]int64 {
	cost := make([][]int64, rows)
	for r := range cost {
		for range columns {
			cost[r] = append(cost[r], cell())
		}
	}
	return cost
}

// TestAssign holds assign against all assignments there are, of many small
// matrices: with ties, without, with costs below nothing, of unequal sides.
func TestAssign(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 4000 {
		columns := 1 + random.IntN(7)
		rows := 1 + random.IntN(columns)
		spread := []int64{1, 2, 5, 1000, 1e12}[n%5]
		cost := matrix(rows, columns, func() int64 { return random.Int64N(2*spread) - spread })
		got := assign(cost)
		sum, seen := int64(0), map[int]bool{}
		for r, c := range got {
			if c < 0 || seen[c] {
				t.Fatalf("%v: %v", cost, got)
			}
			seen[c] = true
			sum += cost[r][c]
		}
		if want := cheapest(cost, make([]bool, columns)); sum != want || len(got) != rows {
			t.Fatalf("%v: %v costs %d, the cheapest %d", cost, got, sum, want)
		}
		if again := assign(cost); !slices.Equal(got, again) {
			t.Fatalf("%v: %v, then %v", cost, got, again)
		}
	}
}

func TestAssignNobody(t *testing.T) {
	if got := assign(nil); len(got) != 0 {
		t.Error(got)
	}
}

// FuzzAssign lets bytes be costs.
func FuzzAssign(f *testing.F) {
	f.Add(uint8(2), []byte{1, 2, 3, 4})
	f.Add(uint8(3), []byte{0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, columns uint8, cells []byte) {
		if columns == 0 || columns > 6 {
			return
		}
		rows := min(len(cells)/int(columns), int(columns))
		cost := matrix(rows, int(columns), func() int64 {
			cell := int64(cells[0])
			cells = cells[1:]
			return cell
		})
		sum := int64(0)
		for r, c := range assign(cost) {
			sum += cost[r][c]
		}
		if want := cheapest(cost, make([]bool, columns)); sum != want {
			t.Errorf("%v: %d, want %d", cost, sum, want)
		}
	})
}

func BenchmarkAssign(b *testing.B) {
	for _, size := range [][2]int{{100, 100}, {1000, 1000}, {500, 1000}} {
		for _, spread := range []int64{10, 1e9} {
			b.Run(fmt.Sprintf("%dx%d of %d", size[0], size[1], spread), func(b *testing.B) {
				random := rand.New(rand.NewPCG(1, 2))
				cost := matrix(size[0], size[1], func() int64 { return random.Int64N(spread) })
				for b.Loop() {
					assign(cost)
				}
			})
		}
	}
}
