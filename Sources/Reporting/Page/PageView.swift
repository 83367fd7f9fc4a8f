/// What the page template shows. Lists stand where a value may be missing, since an absent value
/// would be looked for in the surrounding view. Names are unique across views for the same reason.
struct PageView {
  var style: Markup
  var subject: ShownText
  var headline: ShownText
  var reservations: [ShownText]
  var tone: ShownText
  var counters: [CounterView]
  var metas: [MetaView]
  var limits: [ShownText]
  var calibration: ShownText
  var isCalibrated: Bool
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
  var stories: [StoryView]
  var evidenceFiles: [ShownText]
}

struct CounterView {
  var counterStyle: ShownText
  var counterSymbol: ShownText
  var counterNumber: ShownText
  var counterWord: ShownText
}

struct MetaView {
  var term: ShownText
  var meaning: ShownText
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
