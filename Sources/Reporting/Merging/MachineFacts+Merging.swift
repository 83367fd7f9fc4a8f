import Worlds

/// `machine.json` as it is read again.
struct StatedMachine: Decodable {
  var startedAt: String
  var endedAt: String
  var operatingSystem: String
  var processors: Int
  var toolVersion: String
  var scenarios: [Pace]

  struct Pace: Decodable {
    var file: String
    var wallSeconds: Double
  }
}

extension MachineFacts {
  /// From the first beginning to the last end; the processors of all machines together.
  ///
  /// - Parameter scenarios: files, in the order of the run.
  init(merging machines: [StatedMachine], scenarios: [String]) {
    let systems = machines.map(\.operatingSystem)
    let distinct = systems.enumerated().filter { systems.firstIndex(of: $0.element) == $0.offset }
    // A part lists stories of the other parts, too, with no time at all.
    let walls = machines.flatMap(\.scenarios).reduce(into: [String: Double]()) { walls, pace in
      walls[pace.file] = max(walls[pace.file] ?? 0, pace.wallSeconds)
    }
    self.init(
      startedAt: machines.compactMap { Timestamp(iso8601: $0.startedAt) }.min()
        ?? Timestamp(unixSeconds: 0),
      endedAt: machines.compactMap { Timestamp(iso8601: $0.endedAt) }.max()
        ?? Timestamp(unixSeconds: 0),
      operatingSystem: distinct.map(\.element).joined(separator: ", "),
      processors: machines.reduce(0) { $0 + $1.processors },
      toolVersion: machines.first?.toolVersion ?? "",
      paces: scenarios.compactMap { file in
        walls[file].map { Pace(file: file, wall: .seconds($0)) }
      }
    )
  }
}
