import Hummingbird
import Worlds

extension Dashboard {
  @Sendable
  func feedbackPage(_: Request, _: ServerContext, _ session: Session) throws -> Response {
    let tenant = session.tenant
    let month = try feedback.count(of: tenant, since: clock.now + .seconds(-30 * 86_400))
    let days = try feedback.days(of: tenant)
    let bases = try feedback.bases(of: tenant)
    let view = FeedbackView(
      helpful: "\(month.helpful)",
      unhelpful: "\(month.unhelpful)",
      share: Self.share(month),
      days: days.map { day, count in
        .init(
          name: String(Timestamp(unixSeconds: day * 86_400).iso8601.prefix(10)),
          helpful: "\(count.helpful)",
          unhelpful: "\(count.unhelpful)"
        )
      },
      hasDays: !days.isEmpty,
      bases: bases.map { base, count in
        .init(name: base, helpful: "\(count.helpful)", unhelpful: "\(count.unhelpful)")
      },
      hasBases: !bases.isEmpty
    )
    return page("Feedback", at: "/dashboard/feedback", "feedback", view, session)
  }

  /// Nil where nobody said anything.
  private static func share(_ count: FeedbackStore.Count) -> String? {
    let all = count.helpful + count.unhelpful
    return all > 0 ? "\((count.helpful * 100 + all / 2) / all)%" : nil
  }
}
