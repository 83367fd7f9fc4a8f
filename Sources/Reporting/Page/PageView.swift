/// What the page template shows. Lists stand where a value may be missing, since an absent value
/// would be looked for in the surrounding view. Names are unique across views for the same reason.
struct PageView {
  var style: Markup
  /// What the page's policy names, so that nothing else may run.
  var styleSource: Markup
  var script: Markup
  var scriptSource: Markup
  /// Data for the script.
  var texts: Markup
  var eventRows: Markup
  var subject: ShownText
  var headline: ShownText
  var reservations: [ShownText]
  var tone: ShownText
  var counters: [CounterView]
  var metas: [MetaView]
  var sureties: [SuretyView]
  var doubts: [ShownText]
  var answers: [AnswerView]
  var limits: [ShownText]
  var promises: [PromiseView]
  var columns: [ColumnView]
  var families: [MatrixFamilyView]
  var legend: [LegendView]
  var hasModels: Bool
  var modelNames: [ShownText]
  var modelRows: [ModelRowView]
  var hasFlows: Bool
  var flowKinds: [ShownText]
  var flows: [FlowView]
  var hasMoney: Bool
  var bookNames: [ShownText]
  var moneyRows: [MoneyRowView]
  var statements: [ShownText]
  var hasMoments: Bool
  var moments: [MomentView]
  var momentsOmitted: [ShownText]
  var stories: [StoryView]
  var files: [FileView]
}

struct CounterView {
  var counterStyle: ShownText
  var counterSymbol: ShownText
  var counterNumber: ShownText
  var counterWord: ShownText
}

struct PromiseView {
  var promiseID: ShownText
  var promiseStyle: ShownText
  var promiseSymbol: ShownText
  var promiseWord: ShownText
  var statement: ShownText
  var promiseSentence: ShownText
  var source: [ShownText]
  var consequence: [ShownText]
  /// Said openly where the promise did not hold.
  var warns: Bool
  /// What the verdict rests on.
  var basis: ShownText
  var deciding: [StoryLinkView]
  var controlled: [ControlsView]
}

/// Controls of auditors on which a verdict bears, and how much that means.
struct ControlsView {
  var controlNumbers: ShownText
  var controlNotice: ShownText
}

struct StoryLinkView {
  var linkTarget: ShownText
  var linkText: ShownText
}

struct ColumnView {
  var columnID: ShownText
}

struct MatrixFamilyView {
  var familyName: ShownText
  var familyWidth: ShownText
  var rows: [MatrixRowView]
}

struct MatrixRowView {
  var rowTarget: ShownText
  var rowTitle: ShownText
  var rowNote: [ShownText]
  var rowAlarm: [ShownText]
  var cells: [CellView]
}

struct CellView {
  var cellTarget: ShownText
  var cellStyle: ShownText
  var cellShown: Bool
  var cellSymbol: ShownText
  var cellWord: ShownText
}

struct LegendView {
  var legendStyle: ShownText
  var legendSymbol: ShownText
  var legendWord: ShownText
  var legendMeaning: ShownText
}
