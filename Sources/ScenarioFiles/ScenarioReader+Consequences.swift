import Worlds
import Yams

/// Steps that one step of the file brings with it later: a key that expires, the other processes of
/// a vendor that is upgraded one after the other.
extension ScenarioReader {
  func consequences(
    of word: ActionWord,
    _ node: Node,
    _ action: Action,
    _ timing: Step.Timing,
    line: Int
  ) -> [Step] {
    guard case .at(let moment) = timing else { return [] }
    switch action {
    case .createKey(let tenant, let key):
      guard let expires = node.value(of: "expires-after"),
        let lifetime = reporter.duration(
          expires,
          what: "'expires-after'",
          above: .milliseconds(1)
        )
      else { return [] }
      let end = Action.deleteKey(tenant: tenant, key: key)
      return [Step(line: line, timing: .at(moment + lifetime), action: end)]
    case .restartVendor(let pause, _) where word == .upgradeVendor:
      // The next one goes when the last one has been back for a while.
      let apart =
        node.value(of: "apart").flatMap { reporter.duration($0, what: "'apart'") }
        ?? Self.ordinaryDistance
      let replicas = names?.world.replicas ?? 1
      return (1..<max(2, replicas)).prefix(replicas - 1).map { index in
        Step(
          line: line,
          timing: .at(moment + (pause + apart) * index),
          action: .restartVendor(downFor: pause, replica: index + 1)
        )
      }
    default: return []
    }
  }

  private static let ordinaryDistance = Duration.seconds(30)

  /// The first process; the others follow.
  func upgrade(_ node: Node) -> Action? {
    guard let fields = fields(.upgradeVendor, node),
      let pause = fields.required("down-for").flatMap({
        reporter.duration($0, what: "'down-for'")
      })
    else { return nil }
    let hasSeveral = names.map { $0.world.replicas > 1 } ?? false
    return .restartVendor(downFor: pause, replica: hasSeveral ? 1 : nil)
  }
}
