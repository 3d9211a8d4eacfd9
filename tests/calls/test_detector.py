"""What the detector makes of days whose truth is known."""

from __future__ import annotations

from clepsydra.calls.call import CallBegan, CallChanged, CallEnded, CallPhase, Rank
from clepsydra.calls.constants import Constants
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import Evidence, EvidenceKind
from clepsydra.calls.lifecycle import room_track
from clepsydra.calls.programs import identify
from tests.calls.scripted_evidence import Story, instant, seconds


class TestPrograms:
    def test_a_call_begins_with_the_playback_and_ends_with_the_microphone(self) -> None:
        story = Story().mic("zoom", 10, 640).plays("zoom", 16, 639.5)
        (call,) = story.calls()
        assert story.times() == [("zoom", 16, 640)]
        assert seconds(call.opened) == 10
        assert call.evidence == {EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK}
        assert not call.doubtful_begin
        assert not call.doubtful_end

    def test_it_is_certain_eight_seconds_after_the_playback_began(self) -> None:
        began = Story().mic("zoom", 10, 640).plays("zoom", 16, 640).live(30)[0]
        assert isinstance(began, CallBegan)
        assert began.at == instant(24)

    def test_an_unknown_program_waits_twenty_seconds(self) -> None:
        story = Story().mic("frobnicate", 0, 19.9).plays("frobnicate", 0, 19.9)
        assert story.times() == []
        story = Story().mic("frobnicate", 0, 31).plays("frobnicate", 0, 31)
        assert story.times() == [("frobnicate", 0, 31)]

    def test_a_microphone_without_playback_is_no_call(self) -> None:
        assert Story().mic("whatsapp", 0, 45).mic("firefox", 100, 400).mic("zoom", 500, 900).times() == []

    def test_playback_without_a_microphone_is_no_call(self) -> None:
        assert Story().plays("zoom", 0, 40).plays("firefox", 100, 4000).times() == []

    def test_long_playback_of_a_program_made_for_calls_is_listening(self) -> None:
        (call,) = Story().plays("zoom", 0, 1000).calls()
        assert (seconds(call.began), seconds(call.ended or 0), call.rank) == (0, 1000, Rank.LISTENING)

    def test_a_chime_beside_the_microphone_is_no_call(self) -> None:
        assert Story().mic("teams", 0, 60).plays("teams", 2, 7).plays("teams", 20, 24).times() == []

    def test_every_call_over_thirty_seconds_is_found(self) -> None:
        for program in ("zoom", "discord", "chromium", "firefox"):
            story = Story().mic(program, 0, 30.4).plays(program, 2, 30.4)
            assert story.times() == [(program, 2, 30)], program

    def test_a_device_probed_by_turning_it_on_and_off_is_no_call(self) -> None:
        story = Story()
        for at in range(0, 60, 5):
            story.mic("zoom", at, at + 1).plays("zoom", at, at + 1)
        assert story.times() == []

    def test_a_short_drop_is_merged(self) -> None:
        story = Story().mic("zoom", 0, 100).mic("zoom", 104, 300)
        story.plays("zoom", 1, 100).plays("zoom", 104, 300)
        assert story.times() == [("zoom", 1, 300)]
        held = [event.call.on_hold for event in story.live(1000) if isinstance(event, CallChanged)]
        assert held == [True, False, True]

    def test_a_longer_drop_makes_two_calls(self) -> None:
        story = Story().mic("zoom", 0, 100).mic("zoom", 113, 300)
        story.plays("zoom", 1, 100).plays("zoom", 113, 300)
        assert story.times() == [("zoom", 1, 100), ("zoom", 113, 300)]

    def test_muting_or_long_listening_cuts_nothing(self) -> None:
        assert Story().mic("meet", 0, 7200).plays("meet", 2, 7200).times() == [("meet", 2, 7200)]

    def test_a_microphone_held_all_day_is_cut_into_calls(self) -> None:
        story = Story().mic("discord", 0, 30_000)
        story.plays("discord", 1000, 1600).plays("discord", 5000, 5030).plays("discord", 5045, 6000)
        assert story.times() == [("discord", 1000, 1600), ("discord", 5000, 6000)]

    def test_the_end_of_a_silent_holder_is_its_last_sound(self) -> None:
        story = Story().mic("gather", 0, 500).mic("gather", 504, 900).plays("gather", 10, 500)
        assert story.times() == [("gather", 10, 500)]
        assert story.live(1000)[-1].at == instant(524)

    def test_two_programs_at_once(self) -> None:
        story = Story().mic("zoom", 0, 600).plays("zoom", 2, 600).mic("slack", 100, 200).plays("slack", 101, 200)
        outer, inner = story.calls()
        assert story.times() == [("zoom", 2, 600), ("slack", 101, 200)]
        assert inner.within == outer.id
        assert outer.within is None

    def test_a_call_beside_one_that_is_only_offered_stands_alone(self) -> None:
        story = Story().mic("frobnicate", 0, 900).plays("frobnicate", 2, 900).mic("zoom", 100, 200)
        offered, certain = story.plays("zoom", 101, 200).calls()
        assert (offered.rank, certain.rank, certain.within) == (Rank.DOUBT, Rank.CERTAIN, None)

    def test_a_program_that_begins_while_another_is_only_on_hold_stands_alone(self) -> None:
        story = Story().mic("zoom", 0, 100).plays("zoom", 1, 100).mic("teams", 101, 300).plays("teams", 101, 300)
        _, second = story.calls()
        assert second.within is None

    def test_ignored_programs_never_call(self) -> None:
        story = Story().mic("dictation", 0, 600).plays("dictation", 0, 600).mic("obs", 0, 600).plays("obs", 0, 600)
        assert story.times() == []
        story = Story().mic("gather", 0, 600).plays("gather", 0, 600)
        assert story.times(ignored=("gather",)) == []

    def test_never_this_program_ends_its_call_at_once(self) -> None:
        detector = Detector()
        for kind in (EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK):
            detector.feed(Evidence(instant(0), kind, True, identify("zoom")))
        detector.advance(instant(60))
        (ended,) = detector.ignore("zoom")
        assert isinstance(ended, CallEnded)
        assert ended.call.ended == instant(60)
        assert detector.standings() == ()
        assert detector.next_deadline is None

    def test_a_call_under_way_when_we_begin_to_look_has_a_doubtful_begin(self) -> None:
        story = Story().mic("zoom", 0, 300, already=True).plays("zoom", 0, 300)
        assert [call.doubtful_begin for call in story.calls()] == [True]

    def test_titles_are_told_and_not_kept(self) -> None:
        story = Story().mic("firefox", 0, 300, title="Meet - Acme weekly").plays("firefox", 1, 300)
        (call,) = story.calls()
        assert call.title == "Meet - Acme weekly"
        assert "Acme" not in repr(call)
        assert "Acme" not in repr(story.spans)

    def test_where_every_program_stands(self) -> None:
        detector = Detector()
        detector.feed(Evidence(instant(0), EvidenceKind.CAPTURE, True, identify("zoom")))
        assert [(each.program.id, each.state) for each in detector.standings()] == [("zoom", CallPhase.RINGING)]
        detector.feed(Evidence(instant(1), EvidenceKind.PLAYBACK, True, identify("zoom")))
        detector.advance(instant(20))
        assert [each.state for each in detector.standings()] == [CallPhase.ACTIVE]
        detector.feed(Evidence(instant(30), EvidenceKind.CAPTURE, False, identify("zoom")))
        assert [each.state for each in detector.standings()] == [CallPhase.ACTIVE], "muted: the other side goes on"
        detector.feed(Evidence(instant(31), EvidenceKind.PLAYBACK, False, identify("zoom")))
        assert [each.state for each in detector.standings()] == [CallPhase.HOLD]


class TestBlindness:
    def test_a_sound_server_restarted_in_a_call_splits_nothing(self) -> None:
        story = Story().mic("zoom", 0, 600).plays("zoom", 1, 600).blind(200, 203)
        story.mic("zoom", 209, 600, already=True).plays("zoom", 210, 600)
        story.edges = [edge for edge in story.edges if not (edge.at == instant(600) and edge.on)]
        (call,) = story.calls()
        assert (seconds(call.began), seconds(call.ended or 0)) == (1, 600)
        assert not call.doubtful_end

    def test_a_call_lost_from_sight_ends_at_the_last_evidence_in_doubt(self) -> None:
        story = Story().mic("zoom", 0).plays("zoom", 1).blind(200)
        (call,) = story.calls()
        assert (seconds(call.ended or 0), call.doubtful_end) == (200, True)

    def test_whether_the_talk_went_on_while_the_microphone_was_lost_is_asked(self) -> None:
        (call,) = Story().voice(100, 200).deaf(200, 220).calls()
        assert (seconds(call.ended or 0), call.doubtful_end) == (200, True)
        (call,) = Story().voice(100, 200).deaf(200, 220).voice(221, 230).calls()
        assert (seconds(call.ended or 0), call.doubtful_end) == (230, False)

    def test_a_call_gone_after_a_short_blindness_ended_in_doubt(self) -> None:
        story = Story().mic("zoom", 0).plays("zoom", 1).blind(200, 210)
        (call,) = story.calls()
        assert (seconds(call.ended or 0), call.doubtful_end) == (200, True)
        assert story.live(1000)[-1].at == instant(222)

    def test_a_night_of_sleep_is_not_a_call(self) -> None:
        story = Story().mic("zoom", 0).plays("zoom", 1).blind(200, 30_000)
        story.mic("zoom", 30_001, 30_300, already=True).plays("zoom", 30_001, 30_300)
        assert story.times() == [("zoom", 1, 200), ("zoom", 30_001, 30_300)]
        assert [call.doubtful_begin for call in story.calls()] == [False, True]


class TestRoom:
    def test_a_talk_on_the_desk_telephone(self) -> None:
        story = Story().voice(100, 400)
        (call,) = story.calls()
        assert story.times() == [("room", 100, 400)]
        assert call.evidence == {EvidenceKind.VOICE}

    def test_a_lone_word_before_it_does_not_begin_it(self) -> None:
        assert Story().voice(85, 85.5).voice(100, 400).times() == [("room", 100, 400)]

    def test_a_lone_word_after_it_does_not_draw_it_out(self) -> None:
        for word in (410, 425):
            assert Story().voice(100, 400).voice(word, word + 0.6).times() == [("room", 100, 400)]

    def test_a_last_word_in_the_talk_belongs_to_it(self) -> None:
        assert Story().voice(100, 400).voice(402, 403).times() == [("room", 100, 403)]

    def test_what_was_announced_stays_as_long_as_a_call(self) -> None:
        story = Story().voice(100, 115)
        for at in (122, 126, 129):
            story.voice(at, at + 0.7)
        story.voice(129.8, 131)
        (call,) = story.calls()
        assert (call.ended or 0) - call.began >= 30_000

    def test_long_listening_is_bridged(self) -> None:
        assert Story().voice(100, 140).voice(165, 200).voice(228, 300).times() == [("room", 100, 300)]

    def test_short_talk_and_scattered_words_are_no_call(self) -> None:
        story = Story().voice(100, 115)
        for at in range(200, 3000, 20):
            story.voice(at, at + 1)
        assert story.times() == []

    def test_a_call_of_which_only_the_listener_is_heard(self) -> None:
        """Two to six seconds every twenty to forty."""
        story = Story()
        at, turns = 100, [(2, 38), (6, 20), (3, 40), (4, 30), (2, 35), (5, 25), (3, 40), (2, 36), (4, 22), (6, 30)]
        for long, pause in turns:
            story.voice(at, at + long)
            last, at = at + long, at + long + pause
        (call,) = story.calls()
        assert (seconds(call.began), seconds(call.ended or 0), call.rank) == (100, last, Rank.DOUBT)

    def test_talk_beside_sound_is_said_to_be_unknown(self) -> None:
        for masking in (Story().sound(50, 500), Story().mic("dictation", 50, 500)):
            detector, masked = Detector(), []
            for edge in sorted(masking.voice(100, 300).edges, key=lambda each: each.at):
                detector.feed(edge)
                masked.append((seconds(edge.at), detector.masked))
            assert (50, False) in masked
            assert (300, True) in masked
            assert (500, False) in masked

    def test_it_is_only_announced_when_it_lasts(self) -> None:
        began = Story().voice(100, 400).live(1000)[0]
        assert (began.at, began.call.began) == (instant(130), instant(100))

    def test_music_on_hold_does_not_end_it(self) -> None:
        story = Story().voice(100, 160).music(165, 400).voice(402, 500)
        assert story.times() == [("room", 100, 500)]

    def test_music_that_nobody_talks_after_is_no_part_of_it(self) -> None:
        for ended in (300, 5000, None):
            assert Story().voice(100, 160).music(165, ended).times(until=9000) == [("room", 100, 160)]

    def test_a_word_in_the_music_is_no_talk(self) -> None:
        story = Story().voice(100, 160).music(165, 300)
        for at in range(200, 300, 20):
            story.voice(at, at + 1)
        assert story.times() == [("room", 100, 160)]

    def test_a_call_that_begins_long_after_music_did_is_another(self) -> None:
        story = Story().voice(100, 160).music(165, 2000).voice(1000, 1100)
        assert story.times() == [("room", 100, 160), ("room", 1000, 1100)]

    def test_music_before_a_call_is_certain_holds_nothing(self) -> None:
        story = Story().voice(100, 115).music(117, 300).voice(300, 315)
        assert story.times() == []

    def test_music_from_the_speakers_holds_nothing(self) -> None:
        story = Story().voice(100, 160).sound(162, 300).music(165, 300).voice(305, 400)
        assert story.times() == [("room", 100, 160), ("room", 305, 400)]

    def test_sound_from_the_speakers_is_no_voice(self) -> None:
        assert Story().sound(50, 1000).voice(60, 990).times() == []

    def test_the_end_of_a_day_of_lone_words_is_found_in_few_looks(self, monkeypatch) -> None:
        looked = []

        def spoken(bursts, *window):
            looked.append(len(bursts))
            return speech(bursts, *window)

        speech = room_track._speech
        monkeypatch.setattr(room_track, "_speech", spoken)
        story = Story().voice(100, 160)
        for word in range(170, 5_000, 4):
            story.voice(word, word + 0.1)
        assert story.times(until=9_000) == [("room", 100, 160)]
        assert sum(looked) < 10 * len(looked)

    def test_a_program_that_holds_the_microphone_silences_the_room(self) -> None:
        assert Story().mic("dictation", 50, 1000).voice(60, 990).times() == []

    def test_voice_confirms_a_program_whose_playback_is_not_seen(self) -> None:
        story = Story().mic("linphone", 50, 700).voice(70, 690)
        (call,) = story.calls()
        assert story.times() == [("linphone", 70, 700)]
        assert call.evidence == {EvidenceKind.CAPTURE, EvidenceKind.VOICE}

    def test_voice_does_not_make_a_call_of_a_voice_message(self) -> None:
        assert Story().mic("whatsapp", 50, 120).voice(51, 119).times() == []

    def test_nothing_heard_for_long_ends_a_call_without_playback(self) -> None:
        story = Story().mic("linphone", 50, 2000).voice(60, 200).voice(300, 400).voice(900, 1000)
        assert story.times() == [("linphone", 60, 400), ("linphone", 900, 1000)]

    def test_a_lost_microphone_is_waited_for(self) -> None:
        assert Story().voice(100, 200).deaf(200, 240).voice(245, 300).times() == [("room", 100, 300)]
        (call,) = Story().voice(100, 200).deaf(200, 2000).calls()
        assert (seconds(call.ended or 0), call.doubtful_end) == (200, True)


def test_constants_change_what_is_a_call() -> None:
    story = Story().mic("zoom", 0, 100).mic("zoom", 113, 300).plays("zoom", 1, 100).plays("zoom", 113, 300)
    assert story.times(constants=Constants(hold=20)) == [("zoom", 1, 300)]


def test_a_busy_day_is_replayed() -> None:
    """A day takes well under a second; the benchmark prints the figure."""
    story = Story()
    for n in range(40):
        story.mic("zoom", n * 700, n * 700 + 600).plays("zoom", n * 700 + 1, n * 700 + 600)
        story.voice(n * 700 + 610, n * 700 + 680, burst=1, pause=0.5)
    found = story.calls(ticks=tuple(range(0, 28_800, 2)))
    assert len(found) == 80
