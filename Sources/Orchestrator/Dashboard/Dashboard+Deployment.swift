import Hummingbird
import Worlds

/// What engineers see of a deployment: enough to run it, nothing of its key but whether there is
/// one.
extension Dashboard {
  @Sendable
  func statusPage(_: Request, _: ServerContext, _ session: Session) throws -> Response {
    let summary = try keys.summary(of: session.tenant)
    var counts: [String: Int] = [:]
    for (state, _, count) in try messages.counts(of: session.tenant) {
      counts[state, default: 0] += count
    }
    let view = StatusView(
      key: summary.map { $0.state == .active ? "installed" : "rejected by the provider" }
        ?? "none",
      keySince: (summary?.rejectedAt ?? summary?.installedAt)?.shown ?? "",
      started: startedAt.shown,
      counts: counts.sorted { $0.key < $1.key }
        .map { .init(state: "Messages \($0.key)", count: "\($0.value)") }
    )
    return page("Status", at: "/dashboard/deployment", "status", view, session)
  }

  @Sendable
  func configurationPage(_: Request, _: ServerContext, _ session: Session) throws -> Response {
    let lines = try diagnostics.configuration(for: session.tenant)
    let view = ConfigurationView(lines: lines.map { .init(name: $0.name, value: $0.value) })
    return page(
      "Configuration",
      at: "/dashboard/deployment/configuration",
      "configuration",
      view,
      session
    )
  }

  @Sendable
  func logPage(_ request: Request, _: ServerContext, _ session: Session) throws -> Response {
    let contains = String(request.uri.queryParameters["contains"] ?? "")
    let lines = recentLog.lines(
      of: session.tenant,
      containing: String(contains.prefix(200)),
      atMost: 500
    )
    let view = LogView(
      contains: String(contains.prefix(200)),
      lines: lines.map { .init(line: "\($0.at.shown) \($0.level) \($0.text)") },
      hasLines: !lines.isEmpty
    )
    return page("Log", at: "/dashboard/deployment/log", "log", view, session)
  }
}
