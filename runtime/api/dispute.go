package api

import (
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/bisection"
)

// MaxQuestions bounds those that are put about one result.
const MaxQuestions = 16

// Question is what a job's creator asks its provider about the trace of the
// result. The next one takes its place.
type Question struct {
	Round uint32 `json:"round" minimum:"1" maximum:"16"` // of this job, from 1
	Kind  string `json:"kind" enum:"commit,open,segment"`
	Level int    `json:"level,omitempty"` // of a node of the trace: 1 is above the leaves
	Index uint64 `json:"index,omitempty"` // of a node in its level, or of a state
}

// NewQuestion is a question of the game in a round of a job.
func NewQuestion(round uint32, q bisection.Question) Question {
	return Question{Round: round, Kind: q.Kind.String(), Level: q.Level, Index: q.Index}
}

// Asked is the question as the game knows it.
//
// # Errors
//
// Invalid for a question that no game asks.
func (q Question) Asked() (bisection.Question, error) {
	for kind := bisection.AskCommit; kind <= bisection.AskSegment; kind++ {
		out := bisection.Question{Kind: kind, Level: q.Level, Index: q.Index}
		if kind.String() != q.Kind {
			continue
		}
		fits := map[bisection.Kind]bool{
			bisection.AskCommit:  q.Level == 0 && q.Index == 0,
			bisection.AskOpen:    q.Level >= 1 && q.Level <= bisection.TraceDepth && q.Index <= bisection.MaxStep>>(4*q.Level),
			bisection.AskSegment: q.Level == 0 && q.Index <= bisection.MaxStep,
		}[kind]
		if fits && q.Round >= 1 && q.Round <= MaxQuestions {
			return out, nil
		}
	}
	return bisection.Question{}, lilypad.Errorf(lilypad.Invalid, "no game asks in round %d for %.20s %d at level %d", q.Round, q.Kind, q.Index, q.Level)
}

// Reply is a provider's answer to a question: a tree whose one file is the
// answer's bytes.
type Reply struct {
	Round uint32            `json:"round"` // of the question
	Tree  lilypad.ContentID `json:"tree"`
}

// AnswerFile is the file of a reply's tree, and of a proof's.
const AnswerFile = "answer"
