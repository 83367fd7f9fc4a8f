import Evidence

/// No tool with which a deployment is run shows a key, whole or any twelve characters of it beyond
/// its public prefix, in the clear or encoded: status page, configuration, log search, operators'
/// endpoints, a database shell; and of a process of its own, its environment and arguments.
///
/// Held only where each of these tools was used and worked at least once after the customer's key
/// had served a call: before that a deployment may have nothing to show.
enum EngineerExclusion {
  static let guarantee = Guarantee(
    id: "engineer-exclusion",
    statement: "Deployment tooling never shows the key: environment, configuration, debug and "
      + "status endpoints, database shell, log search.",
    source: "It should not be accessible to application engineers via normal deployment tooling "
      + "and should be rotatable without service interruption.",
    consequence: "Every engineer of the vendor, and whoever takes over one's account, holds the "
      + "customer's key.",
    check: check
  )

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    for look in story.inspections {
      for shown in look.of.shown {
        breaches.add(
          "\(story.keys.name(of: shown.key)) was shown to an engineer by \(look.of.tool.rawValue), "
            + "\(look.of.place) (\(shown.encoding)).",
          events: [look.event],
          weight: shown.encoding == "plain" ? 1 : 0
        )
      }
    }
    let firstUse = firstUses(story)
    var looks: [Event.Inspection.Tool: Int] = [:]
    var bytes = 0
    for look in story.inspections where look.of.answered {
      guard let used = firstUse[look.of.tenant], used < look.event else { continue }
      looks[look.of.tool, default: 0] += 1
      bytes += look.of.bytes
    }
    let wanted = wanted(story)
    return .judged(
      breaches,
      exercise: wanted.map { Finding.Count("looks at \($0.rawValue)", looks[$0] ?? 0) }
        + [Finding.Count("bytes looked through", bytes)],
      missing: missing(story, wanted.filter { looks[$0] ?? 0 == 0 }),
      held: "An engineer looked at \(wanted.map(\.rawValue).listed) while the key was in use: no "
        + "key was in the \(bytes.of("byte")) that were shown."
    )
  }

  private static func wanted(_ story: Story) -> [Event.Inspection.Tool] {
    Event.Inspection.Tool.allCases.filter { tool in
      switch tool {
      case .environment, .arguments: story.facts.vendor == Facts.processVendor
      default: true
      }
    }
  }

  private static func missing(_ story: Story, _ unused: [Event.Inspection.Tool]) -> String? {
    if story.inspections.isEmpty { return "No engineer looked at the deployment." }
    guard !unused.isEmpty else { return nil }
    return "Not looked at, or without an answer, after the key had served a call: "
      + "\(unused.map(\.rawValue).listed)."
  }

  /// For each customer the event by which a key of its own had served a call.
  private static func firstUses(_ story: Story) -> [String: Int] {
    var first: [String: Int] = [:]
    for call in story.calls where call.of.outcome == .completed {
      guard let key = call.of.key, case .tenant(let tenant)? = story.keys.owner(of: key)
      else { continue }
      first[tenant] = min(first[tenant] ?? .max, call.event)
    }
    return first
  }
}
