import Evidence
import Guarantees

struct FlowView {
  var flowModel: ShownText
  var flowMap: Markup
  var flowRows: [FlowRowView]
}

struct FlowRowView {
  var flowZone: ShownText
  var flowCells: [FlowCellView]
}

struct FlowCellView {
  var flowStyle: ShownText
  var flowWord: ShownText
}

extension ReportPage {
  var flowKinds: [ShownText] { DataFlow.Kind.allCases.map { ShownText($0.words) } }

  var flows: [FlowView] {
    digest.flows.map { model, flow in
      FlowView(
        flowModel: ShownText(model.words),
        flowMap: Markup(FlowMap.svg(model, flow)),
        flowRows: Facts.Zone.allCases.map { zone in
          FlowRowView(
            flowZone: ShownText(zone.words),
            flowCells: DataFlow.Kind.allCases.map { Self.cell(flow.count(of: $0, in: zone)) }
          )
        }
      )
    }
  }

  private static func cell(_ count: Int) -> FlowCellView {
    FlowCellView(
      flowStyle: ShownText(count > 0 ? "seen" : "unseen"),
      flowWord: ShownText(count > 0 ? Words.count(count, "time", "times") : "not seen")
    )
  }
}
