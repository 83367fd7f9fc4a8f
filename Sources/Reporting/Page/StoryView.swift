/// One scenario on the page.
struct StoryView {
  var storyAnchor: ShownText
  var storyTitle: ShownText
  var storyFile: ShownText
  var storyStyle: ShownText
  var storySymbol: ShownText
  var storyWord: ShownText
  var storyOpen: Bool
  var about: ShownText
  var facts: [ShownText]
  var problem: [ShownText]
  var closeUps: [CloseUpView]
  var plots: [PlotView]
  var timeline: [TimelineView]
  /// JSON for the script.
  var eventData: [Markup]
  var missed: [MissedView]
  var findings: [FindingView]
  var asides: [AsideView]
  var replay: ShownText
  var evidence: [ShownText]
}

struct TimelineView {
  var drawing: Markup
  var marksOpen: Bool
  var marks: [MarkView]
  var markCount: ShownText
  var marksOmitted: [ShownText]
}

struct MarkView {
  var markNumber: ShownText
  var markTime: ShownText
  var markWords: ShownText
}

struct MissedView {
  var missedPlace: ShownText
  var missedText: ShownText
  var missedObserved: ShownText
  var missedTimes: ShownText
}

/// The findings that the story is not about, folded away.
struct AsideView {
  var asideTitle: ShownText
  var findings: [FindingView]
}

struct FindingView {
  var findingAnchor: ShownText
  var findingID: ShownText
  var findingStyle: ShownText
  var findingSymbol: ShownText
  var findingWord: ShownText
  var findingOpen: Bool
  var findingSentence: ShownText
  var exercise: [ExerciseView]
  var witnesses: [WitnessView]
  var witnessCount: [ShownText]
}

struct ExerciseView {
  var exerciseName: ShownText
  var exerciseCount: ShownText
}

struct WitnessView {
  var witnessRank: ShownText
  var witnessWhat: ShownText
  var sides: [SidesView]
  var quotes: [QuoteView]
  var quotesOmitted: [ShownText]
}

/// What was seen in each of two plays of a story.
struct SidesView {
  var sideFirst: ShownText
  var sideSecond: ShownText
}

struct QuoteView {
  var quoteID: ShownText
  var quoteTime: ShownText
  var quoteWords: ShownText
}

/// A key's end or change, drawn to the second.
struct CloseUpView {
  var closeUpTitle: ShownText
  var closeUpDrawing: Markup
  var closeUpMarks: [MarkView]
}

/// One comparison of a latency story.
struct PlotView {
  var plotTitle: ShownText
  var plotNote: ShownText
  var plotSubject: ShownText
  var plotControl: ShownText
  var plotQuantiles: Markup
  var plotMargins: Markup
  var plotRows: [PlotRowView]
}

struct PlotRowView {
  var plotQuantile: ShownText
  var plotDifference: ShownText
  var plotInterval: ShownText
  var plotMargin: ShownText
}
