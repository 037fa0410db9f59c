package template_test

import (
	"fmt"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/template"
)

func ExampleRender() {
	tmpl := []byte(`{"job": {"Spec": {"Docker": {
		"Image": "example/say:1",
		"Entrypoint": ["say", {{ .Text }}, {{ if .Loud }}"--loud"{{ end }}],
	}}}}`)
	r, err := template.Render(tmpl, map[string]string{"text": `it's "moo"`})
	fmt.Printf("%q %v\n", r.Spec.Entrypoint, err)
	for _, w := range r.Warnings {
		fmt.Println(w)
	}
	_, err = template.Render(tmpl, nil)
	fmt.Println(err)
	fmt.Println(lilypad.RemedyOf(err))
	// Output:
	// ["say" "it's \"moo\""] <nil>
	// template line 3:36: dropped a comma before the closing bracket
	// template line 3:70: dropped a comma before the closing bracket
	// template: Text (line 3) is missing
	// add -i Text=…; the template reads Text (required), Loud
}
