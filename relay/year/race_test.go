//go:build race

package year

// raced tells whether races are looked for.
const raced = true
