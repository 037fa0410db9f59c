// Package language tells which of sixteen languages in Latin script a text is
// in: hashed n-grams of characters, and a linear model over them with one small
// integer for each n-gram and language. To add integers gives the same sum
// everywhere.
//
//	guess := language.Default().Guess("Guten Morgen")
//	fmt.Println(guess.Name, guess.Confidence)
//
// It does not learn: command learn, in the folder beside it, makes the weights
// that are embedded here. It imports only package portable.
package language
