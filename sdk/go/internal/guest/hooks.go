package guest

// Runner answers one message: the bytes written to out, or a status.
type Runner func(in, out []byte) int32

type hook struct {
	number int
	build  func(Settings) (Runner, error)
	run    Runner
}

// A slice, so that the order of configuring is the order of init.
var hooks []hook

// Register keeps what makes a hook from its settings.
func Register(number int, build func(Settings) (Runner, error)) {
	hooks = append(hooks, hook{number: number, build: build})
}

// Configure makes all hooks from the settings: 0, or a status with its text.
func Configure(in, out []byte) (status int32) {
	defer func() {
		if p := recover(); p != nil {
			status = report(out, p)
		}
	}()
	if len(hooks) == 0 {
		panic("the plugin registers no hook")
	}
	settings := ReadSettings(in)
	for i := range hooks {
		run, err := hooks[i].build(settings)
		if err != nil {
			say(out, err.Error())
			return statusSettingsRefused
		}
		hooks[i].run = run
	}
	return 0
}

// Answer has a configured hook answer one message.
func Answer(number int, in, out []byte) int32 {
	for _, h := range hooks {
		if h.number == number && h.run != nil {
			return h.run(in, out)
		}
	}
	say(out, "the hook is not registered, or not configured")
	return statusAuthorError
}
