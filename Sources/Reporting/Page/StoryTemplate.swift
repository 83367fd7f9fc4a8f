/// One story: what happens in it, its timeline, and what was found.
enum StoryTemplate {
  static let text = """
    <details class="story" id="{{storyAnchor}}"{{#storyOpen}} open{{/storyOpen}}>
    <summary><span class="badge {{storyStyle}}"><span class="symbol">{{storySymbol}}</span>
    {{storyWord}}</span>
    <h3><bdi>{{storyTitle}}</bdi></h3> <code>{{storyFile}}</code></summary>
    <p class="about"><bdi>{{about}}</bdi></p>
    <ul class="facts">
    {{#facts}}
    <li><bdi>{{.}}</bdi></li>
    {{/facts}}
    </ul>
    {{#problem}}
    <p class="problem"><bdi>{{.}}</bdi></p>
    {{/problem}}
    {{#missed}}
    <div class="missed"><p><b>Expectation not met:</b> <bdi>{{missedText}}</bdi>
    <code>{{missedPlace}}</code></p>
    <p><bdi>{{missedObserved}}</bdi> <small>({{missedTimes}})</small></p></div>
    {{/missed}}
    {{#findings}}
    {{> finding}}
    {{/findings}}
    {{> closeUp}}
    {{#timeline}}
    <figure class="story-timeline">
    <div class="scroll" tabindex="0" role="group" aria-label="Timeline">{{{drawing}}}</div>
    <figcaption><details{{#marksOpen}} open{{/marksOpen}}>
    <summary>{{markCount}}</summary>
    <ol class="marks">
    {{#marks}}
    <li><span class="n">{{markNumber}}</span><time>{{markTime}}</time>
    <span><bdi>{{markWords}}</bdi></span></li>
    {{/marks}}
    </ol>
    {{#marksOmitted}}
    <p>{{.}}</p>
    {{/marksOmitted}}
    </details></figcaption>
    </figure>
    {{/timeline}}
    {{#eventData}}
    <script type="application/json" id="{{storyAnchor}}-events">{{{.}}}</script>
    {{/eventData}}
    {{#asides}}
    <details class="aside">
    <summary>{{asideTitle}}</summary>
    {{#findings}}
    {{> finding}}
    {{/findings}}
    </details>
    {{/asides}}
    <p class="replay">Play it again: <code>{{replay}}</code>
    {{#evidence}}
    <br>Evidence: <a href="{{.}}"><code>{{.}}</code></a>
    {{/evidence}}
    </p>
    <p class="back"><a href="#matrix">Back to the matrix</a></p>
    </details>

    """
}
