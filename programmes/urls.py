from django.urls import path

from programmes.views import catalogue, drafting, publishing

DRAFT = "programmes/drafts/<int:draft_id>/"
PROGRAMME = "programmes/<int:programme_id>/"
urlpatterns = [
    path("programmes/", catalogue.programme_list, name="programme_list"),
    path("programmes/new/", publishing.draft_new, name="draft_new"),
    path(DRAFT, drafting.draft_edit, name="draft_edit"),
    path(DRAFT + "yaml/", drafting.draft_yaml, name="draft_yaml"),
    path(DRAFT + "publish/", publishing.draft_publish, name="draft_publish"),
    path(DRAFT + "discard/", publishing.draft_discard, name="draft_discard"),
    path(PROGRAMME, catalogue.terms, name="terms"),
    path(PROGRAMME + "accept/", catalogue.accept, name="terms_accept"),
    path(PROGRAMME + "history/", catalogue.history, name="programme_history"),
    path(PROGRAMME + "versions/<int:number>/", catalogue.version, name="version_detail"),
    path(PROGRAMME + "versions/<int:number>/export/", catalogue.export, name="version_export"),
    path(PROGRAMME + "draft/", publishing.draft_next, name="draft_next"),
    path(PROGRAMME + "copy/", publishing.copy, name="programme_copy"),
    path(PROGRAMME + "retire/", publishing.retire, name="programme_retire"),
]
