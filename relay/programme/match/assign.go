package match

import "math"

// assign solves the linear assignment problem: it returns a column for each row,
// no column twice, such that the costs add up to the least there is. There must
// be no more rows than columns, and sums of a row's worth of costs must fit
// into an int64.
//
// It adds the rows one by one, each along the shortest augmenting path, which
// takes O(rows² × columns): Kuhn (1955) and Munkres (1957), as Jonker and
// Volgenant (1987) made it fast and Crouse (2016, "On implementing 2D
// rectangular assignment algorithms") extended it to unequal numbers.
func assign(cost [][]int64) []int {
	if len(cost) == 0 {
		return nil
	}
	columns := len(cost[0])
	a := &assignment{
		cost: cost, column: none(len(cost)), row: none(columns),
		rowPrice: make([]int64, len(cost)), columnPrice: make([]int64, columns),
		length: make([]int64, columns), from: make([]int, columns), open: make([]int, columns),
	}
	for row := range cost {
		a.add(row)
	}
	return a.column
}

func none(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = -1
	}
	return list
}

// An assignment of some rows, and the prices that prove it the cheapest: no
// cell costs less than its row's and its column's price, and the assigned ones
// cost just that.
type assignment struct {
	cost                  [][]int64
	column, row           []int // that a row or a column is assigned to, or -1
	rowPrice, columnPrice []int64

	// Of the search for a path from a row:
	length []int64 // of the shortest path found to a column
	from   []int   // the row before the column on it
	open   []int   // the columns; those whose path may become shorter come first
}

// add assigns one more row.
func (a *assignment) add(start int) {
	closed := a.search(start)
	end := closed[0]
	least := a.length[end]
	a.rowPrice[start] += least
	for _, c := range closed[1:] {
		a.rowPrice[a.row[c]] += least - a.length[c]
		a.columnPrice[c] -= least - a.length[c]
	}
	for c := end; c >= 0; { // each row on the path moves to the column after it
		r := a.from[c]
		a.row[c] = r
		a.column[r], c = c, a.column[r]
	}
}

// search finds the shortest path from a row to a column that is free, as
// Dijkstra does, and returns that column and those it has been to before.
func (a *assignment) search(start int) (closed []int) {
	for c := range a.length {
		a.length[c], a.open[c] = math.MaxInt64, c
	}
	open, row, so := a.open, start, int64(0)
	for {
		best := 0
		for i, c := range open {
			if l := so + a.cost[row][c] - a.rowPrice[row] - a.columnPrice[c]; l < a.length[c] {
				a.length[c], a.from[c] = l, row
			}
			// Of columns as near, a free one ends the search: with many ties, a
			// hundredth of the work.
			if b := open[best]; a.length[c] < a.length[b] || a.length[c] == a.length[b] && a.row[c] < 0 && a.row[b] >= 0 {
				best = i
			}
		}
		last := len(open) - 1
		open[best], open[last] = open[last], open[best]
		c := open[last]
		open, so = open[:last], a.length[c]
		if a.row[c] < 0 {
			return a.open[last:]
		}
		row = a.row[c]
	}
}
