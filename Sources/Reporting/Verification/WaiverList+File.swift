package import Guarantees
package import ScenarioFiles

extension WaiverList {
  /// - Parameter day: which decides what has expired, as `2026-11-29`.
  package init(_ file: WaiverFile, day: String) {
    self.init(
      text: file.text,
      day: day,
      waivers: file.entries.map { entry in
        Waiver(
          guarantee: entry.guarantee,
          scenario: entry.scenario,
          reason: entry.reason,
          owner: entry.owner,
          expires: entry.expires
        )
      }
    )
  }
}
