import Hummingbird
import Worlds

extension Dashboard {
  @Sendable
  func peoplePage(_: Request, _: ServerContext, _ session: Session) throws -> Response {
    let month = clock.now + .seconds(-30 * 86_400)
    let people = try statistics.people(of: session.tenant)
    let view = PeopleView(
      seats: "\(try statistics.numberOfPeople(of: session.tenant, since: month))",
      everybody: "\(try statistics.numberOfPeople(of: session.tenant, since: nil))",
      people: people.map {
        .init(
          name: $0.id,
          platform: $0.platform == "teams" ? "Teams" : "Google Chat",
          questions: "\($0.questions)",
          last: $0.last.shown
        )
      },
      hasPeople: !people.isEmpty
    )
    return page("People and seats", at: "/dashboard/people", "people", view, session)
  }

  @Sendable
  func usagePage(_: Request, _: ServerContext, _ session: Session) throws -> Response {
    let days = try statistics.days(of: session.tenant)
    var reasons: [String: Int] = [:]
    for (_, refusal, count) in try messages.counts(of: session.tenant) {
      // The column holds what commands were told as well.
      guard let refusal, Refusal(rawValue: refusal) != nil else { continue }
      reasons[refusal, default: 0] += count
    }
    let (start, totals) = try money.totals(of: session.tenant)
    let view = UsageView(
      from: start.text,
      totals: totals.map(Self.view),
      hasTotals: !totals.isEmpty,
      days: days.map {
        .init(
          day: String(Timestamp(unixSeconds: $0.day * 86_400).iso8601.prefix(10)),
          asked: "\($0.asked)",
          answered: "\($0.answered)",
          refused: "\($0.refused)"
        )
      },
      hasDays: !days.isEmpty,
      reasons: reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { .init(reason: $0.key, count: "\($0.value)") },
      hasReasons: !reasons.isEmpty
    )
    return page("Usage", at: "/dashboard/usage", "usage", view, session)
  }

  @Sendable
  func notificationsPage(_: Request, _: ServerContext, _ session: Session) throws -> Response {
    let entries = try notifications.entries(of: session.tenant).map { entry in
      NotificationsView.Entry(
        at: entry.at.shown,
        words: Notifications.Kind(rawValue: entry.kind)?.words ?? entry.kind,
        tone: entry.resolvedAt == nil ? "bad" : "good",
        state: entry.resolvedAt.map { "Settled \($0.shown)" } ?? "Open"
      )
    }
    let view = NotificationsView(entries: entries, hasEntries: !entries.isEmpty)
    return page(
      "Notifications",
      at: "/dashboard/notifications",
      "notifications",
      view,
      session
    )
  }

  @Sendable
  func auditPage(_: Request, _: ServerContext, _ session: Session) throws -> Response {
    let entries = try audit.entries(of: session.tenant).map {
      AuditView.Entry(
        at: $0.at.shown,
        actor: $0.actor,
        action: AuditLog.Action(rawValue: $0.action)?.words ?? $0.action,
        detail: $0.detail
      )
    }
    let view = AuditView(entries: entries, hasEntries: !entries.isEmpty)
    return page("Audit log", at: "/dashboard/audit", "audit", view, session)
  }
}
