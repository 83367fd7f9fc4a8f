import Worlds

/// What a timeline drawing shows of one scenario: times, not yet places.
struct Timeline {
  var title: String
  var start: Timestamp
  var end: Timestamp
  /// Stands below the axis.
  var note: String
  /// Rows of ticks, each in its lane.
  var asked: [Timestamp] = []
  var answered: [Timestamp] = []
  var told: [Timestamp] = []
  var callsPassed: [Timestamp] = []
  var callsRefused: [Timestamp] = []
  var callsCutOff: [Timestamp] = []
  /// When the vendor's program was up.
  var up: [Bar] = []
  /// The keys that stood in the vendor's settings, by tenant.
  var installed: [Track] = []
  /// The keys that the provider took, from creation to deletion.
  var alive: [Bar] = []
  var faults: [Bar] = []
  /// In order of time.
  var marks: [Mark] = []
  /// Marks that were left out because there are too many.
  var omittedMarks = 0
  /// When a witness of a violation was seen.
  var violations: [Timestamp] = []

  struct Bar: Equatable {
    var label: String
    var from: Timestamp
    var to: Timestamp
  }

  struct Track: Equatable {
    var label: String
    var bars: [Bar]
  }

  enum Lane {
    case people
    case vendor
    case store
    case provider
  }

  struct Mark: Equatable {
    var at: Timestamp
    var lane: Lane
    var words: String
    /// Key changes, crashes and faults come before the rest where not all fit.
    var isWeighty: Bool
    var style: Style

    enum Style: String {
      case made
      case ended
      case plain
    }
  }
}
