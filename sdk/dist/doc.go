// Package dist has the guest SDKs of all languages, so that a program without
// network or repository can put one beside a new plugin.
//
// They are the sources that an author needs, in one archive that
// sdk/dist/build writes: no tests, no compilers, nothing compiled. The package
// runs nothing and knows no language.
//
//	err := dist.Unpack("rust", filepath.Join(plugin, "sdk"))
//
// Its place: over the root package; internal/author and cmd import it.
package dist
