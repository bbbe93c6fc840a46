from django.urls import path

from referrals.views import member, openings, placements, recruiter

CASE = "pipeline/<slug:reference>/"
PLACEMENT = CASE + "placements/<slug:key>/"

urlpatterns = [
    path("", member.home, name="organisation_home"),
    path("referrals/", member.referral_list, name="referral_list"),
    path("referrals/new/", member.recommend, name="recommend"),
    path("referrals/check/", member.check, name="referral_check"),
    path("referrals/<slug:reference>/", member.referral_detail, name="referral_detail"),
    path("inbox/", recruiter.inbox, name="inbox"),
    path("pipeline/", recruiter.board, name="board"),
    path("pipeline/columns/<slug:stage>/", recruiter.column, name="board_column"),
    path(CASE, recruiter.case_detail, name="case_detail"),
    path(CASE + "accept/", recruiter.accept, name="case_accept"),
    path(CASE + "move/", recruiter.move, name="case_move"),
    path(CASE + "end/", recruiter.end, name="case_end"),
    path(CASE + "reopen/", recruiter.reopen, name="case_reopen"),
    path(CASE + "note/", recruiter.note, name="case_note"),
    path(CASE + "cv/<int:curriculum_id>/", recruiter.curriculum, name="case_cv"),
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
