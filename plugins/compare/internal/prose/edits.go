package prose

// distance is Levenshtein's between two texts: the least number of characters
// to put in, take out or replace. It goes down the table in blocks of 64 rows,
// a column at a time; of the row above a block it keeps the differences from
// column to column, which are −1, 0 or 1.
func distance(x, y []rune) int {
	if len(x) > len(y) {
		x, y = y, x
	}
	ids := map[rune]int32{}
	text := make([]int32, len(y))
	for i, c := range y {
		if _, ok := ids[c]; !ok {
			ids[c] = int32(len(ids))
		}
		text[i] = ids[c]
	}
	row := make([]int8, len(y)) // differences along the row above; 1 in the first
	for i := range row {
		row[i] = 1
	}
	is := make([]uint64, len(ids)) // the rows of the block that have a character
	for top := 0; top < len(x); top += 64 {
		rows := x[top:min(top+64, len(x))]
		for i, c := range rows {
			if id, ok := ids[c]; ok {
				is[id] |= 1 << i
			}
		}
		descend(text, is, row, len(rows))
		for _, c := range rows {
			if id, ok := ids[c]; ok {
				is[id] = 0
			}
		}
	}
	d := len(x) // of the last row, in column 0
	for _, step := range row {
		d += int(step)
	}
	return d
}

// descend turns the differences along the row above a block into those along
// its last row.
func descend(text []int32, is []uint64, row []int8, rows int) {
	last := uint64(1) << (rows - 1)
	up, down := ^uint64(0), uint64(0) // differences along the column: 1, −1
	for j, c := range text {
		eq := is[c]
		vertical := eq | down
		if row[j] < 0 {
			eq |= 1
		}
		horizontal := ((eq & up) + up) ^ up | eq
		plus, minus := down|^(horizontal|up), up&horizontal
		above := row[j]
		switch row[j] = 0; {
		case plus&last != 0:
			row[j] = 1
		case minus&last != 0:
			row[j] = -1
		}
		plus, minus = plus<<1, minus<<1
		switch {
		case above > 0:
			plus |= 1
		case above < 0:
			minus |= 1
		}
		up, down = minus|^(vertical|plus), plus&vertical
	}
}
