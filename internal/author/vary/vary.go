package vary

import (
	"encoding"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi"
)

const (
	mostItems = 64  // of a batch
	longText  = 300 // characters
	longList  = 8
)

// Inputs are calls of a hook whose items are all there is to them: pointers to
// a [hostapi.MatchInput], [hostapi.AdmitInput] or [hostapi.AllowInput]. First
// come the ends: every field of an item, and then of what the items share, at
// its least and at its most with the others at random. Random calls follow
// until there are at least n items.
func Inputs(r *rand.Rand, hook hostapi.Hook, n int) []any {
	inputs, items := ends(r, hook)
	for items < n {
		size := 1 + r.IntN(mostItems)
		inputs, items = append(inputs, Batch(r, hook, size)), items+size
	}
	return inputs
}

// Batch is a random call of n items.
func Batch(r *rand.Rand, hook hostapi.Hook, n int) any {
	in := empty(hook)
	random{r}.fill(in)
	list := Items(in)
	list.Set(reflect.MakeSlice(list.Type(), n, n))
	eachElement(list, random{r}.fill)
	return in.Addr().Interface()
}

// empty is an addressable input of a hook.
func empty(hook hostapi.Hook) reflect.Value {
	switch hook {
	case hostapi.HookMatch:
		return reflect.ValueOf(&hostapi.MatchInput{}).Elem()
	case hostapi.HookAdmit:
		return reflect.ValueOf(&hostapi.AdmitInput{}).Elem()
	case hostapi.HookAllow:
		return reflect.ValueOf(&hostapi.AllowInput{}).Elem()
	}
	panic("vary: " + hook.String() + " is not made of independent fields")
}

// Items is the list of items of an input struct.
func Items(in reflect.Value) reflect.Value { return in.Field(in.NumField() - 1) }

// ends are inputs with one field at an end while the others are at random, at
// their least and at their most.
func ends(r *rand.Rand, hook hostapi.Hook) (inputs []any, items int) {
	grounds := []func(reflect.Value){random{r}.fill, end{most: false}.fill, end{most: true}.fill}
	add := func(in reflect.Value, list []reflect.Value) {
		Items(in).Set(reflect.Append(reflect.Zero(Items(in).Type()), list...))
		inputs, items = append(inputs, in.Addr().Interface()), items+len(list)
	}
	var plain []reflect.Value
	for _, ground := range grounds {
		in := empty(hook)
		ground(in)
		item := Items(in).Type().Elem()
		bare := reflect.New(item).Elem()
		ground(bare)
		list := []reflect.Value{bare}
		for i := range item.NumField() {
			for _, most := range []bool{false, true} {
				v := reflect.New(item).Elem()
				ground(v)
				end{most}.fill(v.Field(i))
				list = append(list, v)
			}
		}
		add(in, list)
		plain = append(plain, bare)
	}
	for i := range empty(hook).NumField() - 1 {
		for k := range len(parts(empty(hook).Field(i))) {
			for _, most := range []bool{false, true} {
				in := empty(hook)
				random{r}.fill(in)
				end{most}.fill(parts(in.Field(i))[k])
				add(in, plain)
			}
		}
	}
	return inputs, items
}

// parts are the fields of a struct; of anything else itself.
func parts(v reflect.Value) (list []reflect.Value) {
	if v.Kind() != reflect.Struct {
		return []reflect.Value{v}
	}
	for i := range v.NumField() {
		list = append(list, v.Field(i))
	}
	return list
}

// end fills a value with the least or the most that its type holds: absent or
// present, empty or long.
type end struct{ most bool }

func (e end) fill(v reflect.Value) {
	switch k := v.Kind(); {
	case k == reflect.String:
		v.SetString("")
		if e.most {
			v.SetString(strings.Repeat("\U0010ffff", longText))
		}
	case k == reflect.Bool:
		v.SetBool(e.most)
	case k == reflect.Int64:
		v.SetInt(math.MinInt64)
		if e.most {
			v.SetInt(math.MaxInt64)
		}
	case v.CanUint() && isEnum(v.Type()):
		values := enum(v.Type())
		v.SetUint(values[0])
		if e.most {
			v.SetUint(values[len(values)-1])
		}
	case v.CanUint():
		v.SetUint(0)
		if e.most {
			v.SetUint(math.MaxUint64 >> (64 - v.Type().Bits()))
		}
	case k == reflect.Slice:
		v.SetZero()
		if e.most {
			v.Set(reflect.MakeSlice(v.Type(), longList, longList))
			eachElement(v, e.fill)
		}
	case k == reflect.Array:
		eachElement(v, e.fill)
	case isOptional(v):
		v.SetZero()
		if e.most {
			v.FieldByName("OK").SetBool(true)
			e.fill(v.FieldByName("V"))
		}
	case k == reflect.Struct:
		eachField(v, e.fill)
	}
}

// random fills a value by lot, small and round values more often than others.
type random struct{ *rand.Rand }

// words are few, so that two fields often hold the same.
var words = []string{"", "a", "eu", "us-east", "A100", "cowsay:v0.0.4", "github.com/owner/name", "größer ≥ 猫", "\x00", "a b\n"}

func (r random) fill(v reflect.Value) {
	switch k := v.Kind(); {
	case k == reflect.String:
		v.SetString(words[r.IntN(len(words))])
	case k == reflect.Bool:
		v.SetBool(r.IntN(2) == 1)
	case k == reflect.Int64:
		v.SetInt(int64(r.number(63)))
		if r.IntN(2) == 1 {
			v.SetInt(-v.Int())
		}
	case v.CanUint() && isEnum(v.Type()):
		values := enum(v.Type())
		v.SetUint(values[r.IntN(len(values))])
	case v.CanUint():
		v.SetUint(r.number(v.Type().Bits()))
	case k == reflect.Slice:
		n := r.IntN(4)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		eachElement(v, r.fill)
	case k == reflect.Array:
		for i := range v.Len() {
			v.Index(i).SetUint(r.Uint64() & 0xff)
		}
	case isOptional(v):
		v.SetZero()
		if r.IntN(2) == 1 {
			v.FieldByName("OK").SetBool(true)
			r.fill(v.FieldByName("V"))
		}
	case k == reflect.Struct:
		eachField(v, r.fill)
	}
}

// number has so many bits at most. A quarter of them are zero, a quarter
// small; of the others every length is as likely.
func (r random) number(bits int) uint64 {
	switch r.IntN(4) {
	case 0:
		return 0
	case 1:
		return r.Uint64() & 15
	}
	return r.Uint64() >> (64 - 1 - r.IntN(bits))
}

func eachField(v reflect.Value, fill func(reflect.Value)) {
	for i := range v.NumField() {
		fill(v.Field(i))
	}
}

func eachElement(v reflect.Value, fill func(reflect.Value)) {
	for i := range v.Len() {
		fill(v.Index(i))
	}
}

func isOptional(v reflect.Value) bool {
	return v.Kind() == reflect.Struct && v.FieldByName("OK").IsValid()
}

func isEnum(t reflect.Type) bool {
	return t.Kind() == reflect.Uint8 && t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

// enum has the values that have a name.
func enum(t reflect.Type) (values []uint64) {
	for n := range uint64(256) {
		v := reflect.New(t).Elem()
		v.SetUint(n)
		name, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		again := reflect.New(t)
		if err == nil && again.Interface().(encoding.TextUnmarshaler).UnmarshalText(name) == nil && again.Elem().Uint() == n {
			values = append(values, n)
		}
	}
	return values
}
