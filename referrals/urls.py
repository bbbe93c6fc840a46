from django.urls import path

from referrals.views import board, importing, leads, meetings, member, openings, placements, recruiter, sharing

CASE = "pipeline/<slug:reference>/"
PLACEMENT = CASE + "placements/<slug:key>/"
PRESENTATION = CASE + "presentations/<int:presentation_id>/"

urlpatterns = [
    path("", member.home, name="organisation_home"),
    path("referrals/", member.referral_list, name="referral_list"),
    path("referrals/new/", member.recommend, name="recommend"),
    path("referrals/check/", member.check, name="referral_check"),
    path("referrals/share/", sharing.share, name="share"),
    path("referrals/<slug:reference>/", member.referral_detail, name="referral_detail"),
    path("leads/", leads.lead_list, name="lead_list"),
    path("leads/new/", leads.lead_new, name="lead_new"),
    path("leads/<slug:reference>/", leads.lead_decide, name="lead_decide"),
    path("inbox/", recruiter.inbox, name="inbox"),
    path("pipeline/", board.board, name="board"),
    path("pipeline/list/", board.board_list, name="board_list"),
    path("pipeline/move/", board.move_several, name="move_several"),
    path("pipeline/reject/", board.reject_several, name="reject_several"),
    path("pipeline/views/", board.filter_save, name="filter_save"),
    path("pipeline/views/<int:filter_id>/", board.filter_forget, name="filter_forget"),
    path("pipeline/days/", importing.days_import, name="days_import"),
    path("pipeline/days/save/", importing.days_import_save, name="days_import_save"),
    path("pipeline/columns/<slug:stage>/", board.column, name="board_column"),
    path(CASE, recruiter.case_detail, name="case_detail"),
    path(CASE + "accept/", recruiter.accept, name="case_accept"),
    path(CASE + "move/", recruiter.move, name="case_move"),
    path(CASE + "end/", recruiter.end, name="case_end"),
    path(CASE + "reopen/", recruiter.reopen, name="case_reopen"),
    path(CASE + "note/", recruiter.note, name="case_note"),
    path(CASE + "known/", recruiter.known, name="case_known"),
    path(CASE + "merge/", recruiter.merge, name="case_merge"),
    path(CASE + "merge/<int:merge_id>/undo/", recruiter.unmerge, name="case_unmerge"),
    path(CASE + "cv/<int:curriculum_id>/", recruiter.curriculum, name="case_cv"),
    path(CASE + "interviews/", meetings.interview_plan, name="interview_plan"),
    path(CASE + "interviews/<int:interview_id>/", meetings.interview_decide, name="interview_decide"),
    path(CASE + "profile/", meetings.profile_edit, name="profile_edit"),
    path(CASE + "presentations/", meetings.presentation_ask, name="presentation_ask"),
    path(PRESENTATION, meetings.profile, name="profile"),
    path(PRESENTATION + "pdf/", meetings.profile_pdf, name="profile_pdf"),
    path(CASE + "place/", placements.place, name="case_place"),
    path(PLACEMENT + "start/", placements.start, name="placement_start"),
    path(PLACEMENT + "days/", placements.days_worked, name="placement_days"),
    path(PLACEMENT + "leave/", placements.leave, name="placement_leave"),
    path("openings/", openings.opening_list, name="opening_list"),
    path("openings/new/", openings.opening_new, name="opening_new"),
    path("openings/<int:opening_id>/", openings.opening_detail, name="opening_detail"),
    path("openings/<int:opening_id>/edit/", openings.opening_edit, name="opening_edit"),
    path("openings/<int:opening_id>/close/", openings.opening_close, name="opening_close"),
]
